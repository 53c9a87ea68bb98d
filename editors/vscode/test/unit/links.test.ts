import assert from 'node:assert/strict';
import { test } from 'node:test';

import { followable } from '../../src/commands/links';

const pathOf = (address: string) => decodeURIComponent(new URL(address).pathname);

test('links to files are seen from the first open folder', () => {
  const page = 'said in [16:1](<file:///home/eva/corpus/a%20b/%D1%82%D0%B5%D0%BA%D1%81%D1%82.md#L16,1>) and [2](<file:///home/eva/other/x.md#L2>)';
  const seen = 'said in [16:1](</a%20b/%D1%82%D0%B5%D0%BA%D1%81%D1%82.md#L16,1>) and [2](</../other/x.md#L2>)';
  assert.equal(followable(page, '/home/eva/corpus', pathOf), seen);
  assert.equal(followable('[a](<file:///c%3A/corpus/x.md>)', '/c:/corpus', pathOf), '[a](</x.md>)');
});

test('without a folder the words stay, and what is no link to a file stays anyhow', () => {
  assert.equal(followable('in [a \\[b\\]](<file:///x.md#L1>).', undefined, pathOf), 'in a \\[b\\].');
  const page = '[a](https://example.org/file:) `file:///x`';
  assert.equal(followable(page, '/home', pathOf), page);
});
