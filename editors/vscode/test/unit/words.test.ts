import assert from 'node:assert/strict';
import { test } from 'node:test';

import { beside } from '../../src/commands/beside';
import type { CorpusStatus, Status } from '../../src/protocol';
import { selector } from '../../src/server/selector';
import type { State } from '../../src/server/supervisor';
import { escaped, shown } from '../../src/status/words';

const RUNNING: State = { kind: 'running', server: { origin: 'PATH', file: '/usr/bin/vidimus', version: [0, 1, 0] } };
const CORPUS: CorpusStatus = { root: 'file:///a', name: 'a', texts: 3, records: 4, ready: true, done: 1, checked: 3, errors: 0, warnings: 0, notes: 2 };

function status(...corpora: Partial<CorpusStatus>[]): Status {
  return { version: '0.1.0', corpora: corpora.map((corpus) => ({ ...CORPUS, ...corpus })) };
}

test('the status bar tells how far the reading is', () => {
  assert.equal(shown(RUNNING, status({ ready: false, done: 0.436 })).text, '$(sync~spin) Vidimus 43 %');
  assert.equal(shown(RUNNING, status({}, { ready: false, done: 0.5 })).text, '$(sync~spin) Vidimus 75 %');
  assert.equal(shown(RUNNING, status({ done: -1 })).text, '$(sync~spin) Vidimus 0 %');
  assert.equal(shown(RUNNING, status({ done: 7 })).text, '$(verified) Vidimus');
});

test('then what was found', () => {
  assert.equal(shown(RUNNING, status({})).text, '$(verified) Vidimus');
  assert.equal(shown(RUNNING, status({ errors: 1 }, { warnings: 2 })).text, '$(verified) Vidimus $(error) 1 $(warning) 2');
  assert.equal(shown(RUNNING, undefined).text, '$(verified) Vidimus');
  assert.doesNotMatch(shown(RUNNING, status({})).tooltip, /so far/);
  assert.match(shown(RUNNING, status({ checked: 1 })).tooltip, /Counted in the files looked at so far/);
  assert.match(shown(RUNNING, status({ name: 'a|b <i>' })).tooltip, /\| a\\\|b \\<i\\> \| 3 \| 4 \| 0 \| 0 \| 2 \|/);
});

test('and what is wrong with the server', () => {
  assert.equal(shown({ kind: 'given-up', reason: '' }, undefined).level, 'error');
  assert.match(shown({ kind: 'waiting', delay: 4000, reason: '' }, undefined).tooltip, /again in 4 s/);
  assert.match(shown({ kind: 'faulty', fault: { kind: 'missing', setting: '' } }, undefined).tooltip, /no `vidimus` on PATH/);
});

test('words of a corpus are shown, not rendered', () => {
  assert.equal(escaped('[x](command:y) *z*\n# w'), '\\[x\\]\\(command:y\\) \\*z\\* \\# w');
});

test('a citation stands one space behind what it supports', () => {
  assert.equal(beside('It was so.', '[@a]'), ' [@a]');
  assert.equal(beside('It was so. ', '[@a]'), '[@a]');
  assert.equal(beside('', '[@a]'), '[@a]');
  assert.equal(beside('> ', '[@a]'), '[@a]');
  assert.equal(beside('(', '[@a]'), '[@a]');
});

test('prose is ours everywhere, other files only in a corpus', () => {
  assert.ok(selector([]).every((filter) => 'language' in filter));
  const patterns = selector(['/home/eva/the [old] corpus', 'C:\\corpora\\a']).flatMap((filter) => ('pattern' in filter ? [filter.pattern] : []));
  assert.equal(patterns.length, 2);
  assert.ok(String(patterns[0]).startsWith('/home/eva/the [[]old[]] corpus/**/*.{md,'));
  assert.ok(String(patterns[1]).startsWith('C:/corpora/a/**/'));
});
