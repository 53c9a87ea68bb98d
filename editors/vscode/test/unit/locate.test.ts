import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

import type { Surroundings } from '../../src/binary/candidates';
import { complaint } from '../../src/binary/complaint';
import { locate } from '../../src/binary/locate';

// Binaries are shell scripts here; the rules are the same on every system.
const skip = process.platform === 'win32';
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vidimus-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function around(change: Partial<Surroundings> = {}): Surroundings {
  return { setting: '', extension: join(folder, 'ext'), folder: undefined, home: folder, platform: 'linux', searched: join(folder, 'path'), ...change };
}

function script(file: string, body: string, mode = 0o755): string {
  const path = join(folder, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, mode);
  return path;
}

test('nothing there: installing is the first cure', { skip }, async () => {
  const located = await locate(around(), [0, 1, 0]);
  assert.deepEqual(located, { fault: { kind: 'missing', setting: '' } });
  assert.match(told(located), /no `vidimus` on PATH/);
});

test('the one on PATH is found', { skip }, async () => {
  const file = script('path/vidimus', 'echo vidimus 0.3.1');
  assert.deepEqual(await locate(around(), [0, 1, 0]), { found: { origin: 'PATH', file, version: [0, 3, 1] } });
});

test('a bundled binary that lost its bit gets it back', { skip }, async () => {
  const file = script('ext/bin/vidimus', 'echo vidimus 0.1.0', 0o644);
  assert.deepEqual(await locate(around(), [0, 1, 0]), { found: { origin: 'bundled', file, version: [0, 1, 0] } });
  assert.equal(statSync(file).mode & 0o777, 0o755);
});

test('a bundled binary that cannot run here gives way to PATH', { skip }, async () => {
  script('ext/bin/vidimus', 'echo no such system >&2; exit 126');
  const file = script('path/vidimus', 'echo vidimus 0.1.0');
  assert.deepEqual(await locate(around(), [0, 1, 0]), { found: { origin: 'PATH', file, version: [0, 1, 0] } });
});

test('what the setting names is not replaced by another', { skip }, async () => {
  script('path/vidimus', 'echo vidimus 0.1.0');
  const located = await locate(around({ setting: join(folder, 'gone') }), [0, 1, 0]);
  assert.match(told(located), /gone`, which the setting `vidimus.server.path` names, is not there/);
});

test('too old, both versions are told', { skip }, async () => {
  script('path/vidimus', 'echo vidimus 0.1.9');
  assert.match(told(await locate(around(), [0, 2, 0])), /is version 0\.1\.9; this extension needs 0\.2\.0 or later/);
});

test('not executable', { skip }, async () => {
  const setting = script('vidimus', 'echo vidimus 0.1.0', 0o644);
  assert.match(told(await locate(around({ setting }), [0, 1, 0])), /may not be run/);
});

test('some other program, or one that fails', { skip }, async () => {
  const other = script('other', 'echo "hello, world"');
  assert.match(told(await locate(around({ setting: other }), [0, 1, 0])), /does not say which version it is \(hello, world\)/);
  const failing = script('failing', 'echo "GLIBC_2.38 not found" >&2; exit 1');
  assert.match(told(await locate(around({ setting: failing }), [0, 1, 0])), /GLIBC_2\.38 not found/);
});

test('a folder of that name is no binary', { skip }, async () => {
  mkdirSync(join(folder, 'path/vidimus'), { recursive: true });
  assert.deepEqual(await locate(around(), [0, 1, 0]), { fault: { kind: 'missing', setting: '' } });
});

function told(located: Awaited<ReturnType<typeof locate>>): string {
  assert.ok('fault' in located, JSON.stringify(located));
  const { message, cures } = complaint(located.fault);
  assert.deepEqual(new Set(cures), new Set(['How to Install', 'Open Settings', 'Try Again']));
  assert.equal(cures[0], located.fault.setting === '' ? 'How to Install' : 'Open Settings');
  return message;
}
