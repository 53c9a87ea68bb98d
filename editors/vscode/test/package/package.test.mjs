import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { bundle } from '../../scripts/build.mjs';
import { bundled } from '../../scripts/notice.mjs';
import { unzip } from '../../scripts/zip.mjs';

// The tests run in the extension's folder.
const folder = mkdtempSync(join(tmpdir(), 'vidimus-'));
let general;
let linux;

function made(name, ...options) {
  const out = join(folder, name);
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', out, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  return readFileSync(out);
}

before(() => {
  writeFileSync(join(folder, 'server'), 'not really a server');
  general = made('general.vsix');
  linux = made('linux.vsix', '--target', 'linux-x64', '--binary', join(folder, 'server'));
});
after(() => rmSync(folder, { recursive: true }));

function text(vsix, name) {
  const file = unzip(vsix).get(name);
  assert.ok(file, `${name} is missing`);
  return file.data.toString();
}

test('a package holds what it must and nothing else', () => {
  const top = [...unzip(general).keys()].filter((name) => !/^extension\/(example|walkthrough)\//.test(name));
  assert.deepEqual(top.sort(), [
    '[Content_Types].xml',
    'extension.vsixmanifest',
    'extension/LICENSE.txt',
    'extension/THIRD-PARTY-NOTICES.txt',
    'extension/changelog.md',
    'extension/dist/extension.js',
    'extension/images/icon.png',
    'extension/package.json',
    'extension/readme.md',
    'extension/snippets/vidimus.json',
    'extension/syntaxes/directives.tmLanguage.json',
    'extension/syntaxes/marks.tmLanguage.json',
  ]);
  assert.ok(unzip(general).has('extension/example/vidimus.toml'));
  assert.ok(!text(general, 'extension/dist/extension.js').includes('sourceMappingURL'));
});

test('it is small: without the server under 160 KB', () => {
  assert.ok(general.length < 160 * 1024, `${Math.ceil(general.length / 1024)} KB`);
});

test('the package of a platform brings a server that can be run, and says for which platform', () => {
  const server = unzip(linux).get('extension/bin/vidimus');
  assert.equal(server?.mode, 0o755);
  assert.match(text(linux, 'extension.vsixmanifest'), / TargetPlatform="linux-x64"/);
  assert.doesNotMatch(text(general, 'extension.vsixmanifest'), /TargetPlatform/);
});

test('every file that package.json names is there', () => {
  const manifest = text(general, 'extension/package.json');
  const named = [...manifest.matchAll(/"(?:\.\/)?((?:dist|images|syntaxes|snippets|walkthrough)\/[^"]+)"/g)].map((found) => String(found[1]));
  assert.ok(named.length >= 10, named.join(' '));
  for (const file of named) assert.ok(unzip(general).has(`extension/${file}`), file);
  assert.doesNotMatch(manifest, /devDependencies|"scripts"|"private"/);
});

test('every picture of the README is there, and leads to the repository in the package', () => {
  const named = [...readFileSync('README.md', 'utf8').matchAll(/\]\((images\/[^)]+)\)/g)].map((found) => found[1]);
  assert.ok(named.length >= 3);
  const page = text(general, 'extension/readme.md');
  for (const picture of named) {
    assert.ok(existsSync(picture), picture);
    assert.ok(page.includes(`/raw/HEAD/editors/vscode/${picture})`), picture);
  }
  assert.doesNotMatch(page, /\]\(images\//);
});

test('every kind of file has a content type', () => {
  const types = text(linux, '[Content_Types].xml');
  for (const name of unzip(linux).keys()) {
    const extension = /\.[^./]+$/.exec(name)?.[0];
    if (extension !== undefined && name !== '[Content_Types].xml') assert.ok(types.includes(`Extension="${extension}"`), name);
  }
});

test('the notice names every package in the bundle, with its licence’s words', async () => {
  const packages = bundled((await bundle()).metafile, '.');
  assert.ok(packages.length >= 5);
  const notice = text(general, 'extension/THIRD-PARTY-NOTICES.txt');
  for (const { name, version, licence, words } of packages) {
    assert.ok(notice.includes(`${name} ${version} (${licence})`), name);
    assert.ok(words.length > 200, `${name}: ${words}`);
  }
  assert.match(notice, /Permission is hereby granted/);
});

test('the notice of a platform names the crates of the server, too', () => {
  const notice = text(linux, 'extension/THIRD-PARTY-NOTICES.txt');
  for (const crate of ['tower-lsp-server', 'regex', 'tokio']) assert.match(notice, new RegExp(`^${crate} \\d+\\.\\d+\\.\\d+`, 'm'));
  for (const crate of ['proptest', 'insta', 'tempfile']) assert.doesNotMatch(notice, new RegExp(`^${crate} \\d`, 'm'));
  assert.ok(linux.length < 400 * 1024, `${Math.ceil(linux.length / 1024)} KB`);
});

test('the same sources give the same bytes', () => {
  assert.ok(made('again.vsix').equals(general));
});

test('nothing of the machine it was made on is in it', () => {
  for (const [name, { data }] of unzip(general)) assert.ok(!data.includes(process.cwd()), name);
});

test('no lock names the host of a registry', () => {
  assert.doesNotMatch(readFileSync('package-lock.json', 'utf8'), /"resolved"|registry/);
});
