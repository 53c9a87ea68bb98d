// Runs suites inside VS Code's real extension host:
// `node run.mjs --env FILE --state FOLDER --vsix FILE --binary FILE --corpus FOLDER [--only SUITE]`.
//
// The server of VS Code is started with its own test driver, a browser without a screen opens a folder, and the extension host
// loads a suite. What a suite cannot do from inside (read a message, press its button, type) it asks of the hand in `hand.mjs`.
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { unzip } from '../../../../editors/vscode/scripts/zip.mjs';
import { binaries } from './binaries.mjs';
import { Hand } from './hand.mjs';
import { serve } from './serve.mjs';

/** How long one suite may take, in milliseconds. */
const PATIENCE = 120_000;
const here = dirname(fileURLToPath(import.meta.url));

const names = ['env', 'state', 'vsix', 'binary', 'corpus', 'only'];
const { values: given } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) });
const paths = Object.fromEntries(readFileSync(given.env, 'utf8').trim().split('\n').map((line) => line.split(/=(.*)/s)));
const { chromium } = createRequire(`${paths.PLAYWRIGHT}/`)('playwright-core');

const extension = unpacked(join(given.state, 'extension'));
const suites = Object.entries({ one_folder: oneFolder, two_roots: twoRoots, bundled: oneFolder, untrusted }).filter(([name]) => given.only === undefined || name === given.only);
const browser = await chromium.launch({ executablePath: paths.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
let failed = 0;
for (const [name, opened] of suites) {
  const code = await run(name, opened);
  if (code !== 0) failed += 1;
  console.log(`# ${name}: ${code === 0 ? 'passed' : `failed (${code})`}`);
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);

/** One suite in a window of its own, with a server of its own; answers its exit code. */
async function run(name, opened) {
  const state = join(given.state, name);
  const hand = new Hand(join(state, 'hand'));
  const files = binaries(join(state, 'binaries'), given.binary);
  const loaded = name === 'bundled' ? withServer(join(state, 'extension')) : extension;
  const server = await serve(paths, state, name !== 'untrusted', { HAND: hand.folder, ...files });
  const page = await (await browser.newContext({ viewport: { width: 1000, height: 700 } })).newPage();
  let done;
  const ended = new Promise((resolve) => (done = resolve));
  try {
    await page.exposeFunction('codeAutomationLog', (_type, words) => told(join(state, 'console.log'), words));
    await page.exposeFunction('codeAutomationExit', done);
    const remote = (path) => `vscode-remote://${server.host}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(loaded)],
      ['extensionTestsPath', remote(join(here, 'suites', `${name}.cjs`))],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ];
    await page.goto(`http://${server.host}/?${new URLSearchParams({ ...opened(state), payload: JSON.stringify(payload) })}`);
    const late = new Promise((resolve) => setTimeout(() => resolve('no end'), PATIENCE));
    const code = await Promise.race([ended, hand.serve(page), late]);
    if (code !== 0) await page.screenshot({ path: join(given.state, `failed-${name}.png`) });
    return code;
  } catch (error) {
    console.log(`# ${error.stack}`);
    return 'an error';
  } finally {
    hand.rest();
    server.stop();
    await page.close().catch(() => {});
  }
}

/** What a suite says is printed; what else the window says is kept for whoever looks for a cause. */
function told(file, words) {
  if (/^(ok|not ok) \d/.test(String(words[0]))) console.log(...words);
  else appendFileSync(file, `${words.join(' ')}\n`);
}

function oneFolder(state) {
  const folder = join(state, 'corpus');
  cpSync(given.corpus, folder, { recursive: true });
  return { folder };
}

/** A workspace of two corpora that know nothing of each other. */
function twoRoots(state) {
  for (const name of ['first', 'second']) {
    const folder = join(state, name);
    mkdirSync(join(folder, 'registry'), { recursive: true });
    writeFileSync(join(folder, 'vidimus.toml'), '');
    writeFileSync(join(folder, 'registry/people.yaml'), `- id: keeper\n  type: person\n  name: Keeper of the ${name}\n`);
    writeFileSync(join(folder, 'text.md'), `The [[keeper]] of the ${name} came, and [[nobody-${name}|somebody]] went.\n`);
  }
  const workspace = join(state, 'two.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'first' }, { path: 'second' }] }));
  return { workspace };
}

/** A folder that says which server is to be run in it. */
function untrusted(state) {
  const opened = oneFolder(state);
  mkdirSync(join(opened.folder, '.vscode'));
  writeFileSync(join(opened.folder, '.vscode/settings.json'), JSON.stringify({ 'vidimus.server.path': join(state, 'binaries/good') }));
  return opened;
}

/** The files of the package, as an editor would lay them down. */
function unpacked(folder) {
  for (const [name, { data, mode }] of unzip(readFileSync(given.vsix))) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data, { mode });
  }
  return join(folder, 'extension');
}

/** The same with the server beside it, as a platform's package has it; its right to be run was lost on the way. */
function withServer(folder) {
  cpSync(extension, folder, { recursive: true });
  mkdirSync(join(folder, 'bin'));
  cpSync(given.binary, join(folder, 'bin/vidimus'));
  return folder;
}
