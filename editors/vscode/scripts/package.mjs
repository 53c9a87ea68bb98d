// Makes the VSIX: `node scripts/package.mjs [--target linux-x64 --binary PATH] [--out FILE]`.
//
// Without a binary the package fits every platform, and looks for `vidimus` on PATH.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { bundle } from './build.mjs';
import { TRIPLES, crates } from './crates.mjs';
import { contentTypes, vsixManifest } from './manifest.mjs';
import { bundled, notice } from './notice.mjs';
import { zip } from './zip.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const repository = join(root, '../..');

const TARGETS = Object.keys(TRIPLES);
/** What of package.json is of use only here. */
const ONLY_HERE = ['scripts', 'devDependencies', 'private'];
/** The folders that are shipped whole. */
const FOLDERS = ['syntaxes', 'snippets', 'walkthrough', 'example'];

const { values: options } = parseArgs({ options: { target: { type: 'string' }, binary: { type: 'string' }, out: { type: 'string' } } });
if ((options.target === undefined) !== (options.binary === undefined)) fail('--target and --binary go together');
if (options.target !== undefined && !TARGETS.includes(options.target)) fail(`--target is one of ${TARGETS.join(', ')}`);

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { metafile, code } = await bundle();
const files = [
  { name: 'extension.vsixmanifest', data: Buffer.from(vsixManifest(manifest, options.target)) },
  { name: '[Content_Types].xml', data: Buffer.from(contentTypes()) },
  { name: 'extension/package.json', data: Buffer.from(shipped(manifest)) },
  { name: 'extension/dist/extension.js', data: Buffer.from(code) },
  { name: 'extension/readme.md', data: Buffer.from(readme()) },
  own('CHANGELOG.md', 'changelog.md'),
  own('images/icon.png', 'images/icon.png'),
  ...FOLDERS.flatMap((folder) => under(join(root, folder)).map((file) => own(file, file))),
  { name: 'extension/LICENSE.txt', data: Buffer.from(licences()) },
  { name: 'extension/THIRD-PARTY-NOTICES.txt', data: Buffer.from(notice(parts())) },
  ...binary(),
];
const out = resolve(options.out ?? join(root, `vidimus-${manifest.version}${options.target ? `-${options.target}` : ''}.vsix`));
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, zip(files));
console.log(`${out} (${Math.ceil(statSync(out).size / 1024)} KB)`);

/** package.json as an installed extension needs it. */
function shipped(whole) {
  const kept = Object.entries(whole).filter(([key]) => !ONLY_HERE.includes(key));
  return JSON.stringify(Object.fromEntries(kept), null, 1);
}

/** The page that the marketplace shows, whose pictures lie in the repository. */
function readme() {
  const { url, directory } = manifest.repository;
  return readFileSync(join(root, 'README.md'), 'utf8').replace(/\]\((images\/[^)]+)\)/g, `](${url}/raw/HEAD/${directory}/$1)`);
}

function own(file, name) {
  return { name: `extension/${name}`, data: readFileSync(join(root, file)) };
}

/** The files of a folder, seen from the extension's, sorted. */
function under(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== '.keep');
  return entries.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')).sort();
}

/** Both licences: whoever gets the package may choose. */
function licences() {
  const words = ['LICENSE-MIT', 'LICENSE-APACHE'].map((file) => readFileSync(join(repository, file), 'utf8').trim());
  return `Vidimus is licensed under the MIT licence or the Apache licence 2.0, as you choose.\n\n${words.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** What of others is shipped: in our bundle, and in the server. */
function parts() {
  return [...bundled(metafile, root), ...(options.target === undefined ? [] : crates(repository, options.target))];
}

function binary() {
  if (options.binary === undefined) return [];
  const name = options.target.startsWith('win32') ? 'vidimus.exe' : 'vidimus';
  return [{ name: `extension/bin/${name}`, data: readFileSync(options.binary), mode: 0o755 }];
}

function fail(words) {
  console.error(`error: ${words}`);
  process.exit(2);
}
