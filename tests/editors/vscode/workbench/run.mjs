// Drives the real workbench:
// `node run.mjs --env FILE --folder CORPUS --beside CORPUS --state FOLDER --vsix FILE [--theme dark|light] [--pictures FOLDER]`.
//
// Prints a line a step; leaves with 1 after a step that failed, whose picture is then in the state's folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { album } from './pictures.mjs';
import { prepare, running, serve } from './server.mjs';
import { beside, run } from './steps.mjs';
import { browse, Window } from './window.mjs';

const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

const names = ['env', 'folder', 'beside', 'state', 'vsix', 'theme', 'pictures'];
const { values: given } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) });
const theme = given.theme ?? 'dark';
const paths = Object.fromEntries(readFileSync(given.env, 'utf8').trim().split('\n').map((line) => line.split(/=(.*)/s)));
const began = Date.now();

let count = 0;
let failed = false;
let page;
/** What failed does not keep the next step from being tried: each begins by opening its text. */
async function step(what, does) {
  const at = Date.now();
  const told = (word, more = '') => console.log(`${word} ${count} - ${what} (${Date.now() - at} ms)${more}`);
  count++;
  try {
    const answer = await does();
    told('ok');
    return answer;
  } catch (error) {
    const picture = join(given.state, `failed-${count}.png`);
    await page?.screenshot({ path: picture }).catch(() => {});
    failed = true;
    told('not ok', `\n# ${error.stack.replaceAll('\n', '\n# ')}\n# picture: ${picture}`);
    return undefined;
  }
}

let server;
let opened;
try {
  await step('the extension is installed', () => prepare(paths, given.state, given.vsix, { 'workbench.colorTheme': THEMES[theme] }));
  server = await step('the server starts', () => serve(paths, given.state));
  opened = await step('the browser starts', () => browse(paths, given.pictures ? { scale: 1.5, width: 1120, height: 720 } : { scale: 1, width: 1280, height: 800 }));
  page = opened.page;
  page.on('pageerror', (error) => console.log(`# in the page: ${error.message.slice(0, 300)}`));
  const window = new Window(page, [given.folder]);
  window.server = () => running(given.state);
  await step('the workbench opens the corpus', () => window.load(server.address, given.state));
  await run(window, { step, picture: album(page, given.pictures, theme) });
  const wide = new Window(page, [given.folder, given.beside]);
  await step('the workbench opens two corpora', () => wide.load(server.address, given.state));
  await beside(wide, { step });
} catch (error) {
  failed = true;
  console.log(`# ${error.stack}`);
}
await opened?.browser.close().catch(() => {});
server?.stop();
console.log(`1..${count}\n# ${((Date.now() - began) / 1000).toFixed(1)} s`);
process.exit(failed ? 1 : 0);
