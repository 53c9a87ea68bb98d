import assert from 'node:assert/strict';
import { test } from 'node:test';

import { candidates, type Surroundings } from '../../src/binary/candidates';

const LINUX: Surroundings = { setting: '', extension: '/ext', folder: '/corpus', home: '/home/eva', platform: 'linux', searched: '/usr/bin:/opt/bin' };
const WINDOWS: Surroundings = { ...LINUX, extension: 'C:\\ext', folder: 'C:\\corpus', home: 'C:\\Users\\eva', platform: 'win32', searched: 'C:\\bin;"D:\\my tools"' };

function files(around: Surroundings): string[] {
  return candidates(around).map(({ origin, file }) => `${origin} ${file}`);
}

test('without a setting the binary of the package comes first, then PATH', () => {
  assert.deepEqual(files(LINUX), ['bundled /ext/bin/vidimus', 'PATH /usr/bin/vidimus', 'PATH /opt/bin/vidimus']);
  assert.deepEqual(files(WINDOWS), ['bundled C:\\ext\\bin\\vidimus.exe', 'PATH C:\\bin\\vidimus.exe', 'PATH D:\\my tools\\vidimus.exe']);
});

test('a setting is the only candidate', () => {
  assert.deepEqual(files({ ...LINUX, setting: ' /opt/vidimus ' }), ['setting /opt/vidimus']);
  assert.deepEqual(files({ ...LINUX, setting: '~/bin/vidimus' }), ['setting /home/eva/bin/vidimus']);
  assert.deepEqual(files({ ...LINUX, setting: '${workspaceFolder}/bin/vidimus' }), ['setting /corpus/bin/vidimus']);
  assert.deepEqual(files({ ...LINUX, setting: 'vidimus-next' }), ['setting /usr/bin/vidimus-next', 'setting /opt/bin/vidimus-next']);
});

test('a path that is not absolute is no candidate, nor one in a folder that is not trusted', () => {
  assert.deepEqual(files({ ...LINUX, setting: './vidimus' }), []);
  assert.deepEqual(files({ ...LINUX, setting: '..\\vidimus' }), []);
  assert.deepEqual(files({ ...LINUX, folder: undefined, setting: '${workspaceFolder}/bin/vidimus' }), []);
});

test('folders of PATH that are not absolute are passed over', () => {
  assert.deepEqual(files({ ...LINUX, searched: '.::bin:/usr/bin' }), ['bundled /ext/bin/vidimus', 'PATH /usr/bin/vidimus']);
});
