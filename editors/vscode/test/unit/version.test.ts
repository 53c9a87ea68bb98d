import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isAtLeast, parseVersion } from '../../src/binary/version';

test('a version is read from what a binary says of itself', () => {
  assert.deepEqual(parseVersion('vidimus 0.1.0'), [0, 1, 0]);
  assert.deepEqual(parseVersion('vidimus 10.20.30-rc.1\n'), [10, 20, 30]);
  assert.deepEqual(parseVersion('v1.2.3+build'), [1, 2, 3]);
  for (const words of ['', 'vidimus', 'vidimus 1.2', 'x1.2.3', '1.2.3.4', '99999999.0.0']) assert.equal(parseVersion(words), undefined, words);
});

test('the first number that differs decides', () => {
  assert.ok(isAtLeast([0, 1, 0], [0, 1, 0]));
  assert.ok(isAtLeast([1, 0, 0], [0, 9, 9]));
  assert.ok(isAtLeast([0, 10, 0], [0, 9, 9]));
  assert.ok(!isAtLeast([0, 1, 9], [0, 2, 0]));
  assert.ok(!isAtLeast([0, 2, 1], [0, 2, 2]));
});
