// What somebody does in a window of the workbench, and what he sees there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** How long we wait for anything, in milliseconds: machines that compile beside us are slow. */
export const PATIENCE = 60_000;

/** Opens a browser with one page. */
export async function browse(paths, { scale, width, height }) {
  const { chromium } = createRequire(import.meta.url)(paths.PLAYWRIGHT);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath: paths.CHROMIUM, headless: true, args });
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-US', deviceScaleFactor: scale });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  return { browser, page };
}

/** Asks again and again until the answer is not empty. */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error.message?.split('\n')[0];
    }
    if (Date.now() > end) throw new Error(`waited in vain: ${what}${last ? ` (last: ${last})` : ''}`);
    await new Promise((again) => setTimeout(again, 50));
  }
}

/** The workbench that shows one folder, or several. */
export class Window {
  constructor(page, folders) {
    this.page = page;
    this.folders = folders;
    this.keys = page.keyboard;
    this.cards = page.locator('.monaco-hover:not(.hidden) .hover-contents');
    this.hover = page.locator('.monaco-hover:not(.hidden)').first();
    this.caret = page.locator('.editor-instance .cursors-layer .cursor').first();
    this.suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
    this.input = page.locator('.quick-input-widget input.input');
    this.choices = page.locator('.quick-input-list .monaco-list-row');
  }

  /** Opens the folders; `state` is where the list of several is written. */
  async load(address, state) {
    const list = join(state, 'window.code-workspace');
    if (this.folders.length > 1) writeFileSync(list, JSON.stringify({ folders: this.folders.map((path) => ({ path })) }));
    const what = this.folders.length > 1 ? `workspace=${encodeURIComponent(list)}` : `folder=${encodeURIComponent(this.folders[0])}`;
    await until('the files are listed', async () => {
      await this.page.goto(`${address}?${what}`);
      // A slow workbench that reads a list of folders too early shows none, and does not look again.
      return this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 30_000 }).then(() => true);
    }, 2 * PATIENCE);
  }

  /** The characters of a file on the disk, in the first folder that has it. */
  disk(file) {
    const folder = this.folders.find((folder) => existsSync(join(folder, file)));
    if (folder === undefined) throw new Error(`there is no ${file}`);
    return readFileSync(join(folder, file), 'utf8');
  }

  /** The line, from 1, and column of the first place of `words` in a file, moved by `by` characters. */
  place(file, words, by = 0) {
    const text = this.disk(file);
    const found = text.indexOf(words);
    if (found < 0) throw new Error(`not in ${file}: ${words}`);
    const before = text.slice(0, found + by).split('\n');
    return { line: before.length, column: before.at(-1).length + 1 };
  }

  /** Opens a file of the folder with the cursor at `words`. */
  async open(file, words, by = 0) {
    const { line, column } = words === undefined ? { line: 1, column: 1 } : this.place(file, words, by);
    await this.rest();
    await this.keys.press('Control+KeyP');
    await this.input.waitFor();
    await this.input.fill(`${file}:${line}:${column}`);
    const name = file.split('/').at(-1);
    // The list of before still stands for a moment, and Enter takes its first row.
    await until(`${file} is found`, async () => (await this.choices.first().getAttribute('aria-label', { timeout: 1000 }))?.startsWith(name));
    await this.keys.press('Enter');
    await this.input.waitFor({ state: 'hidden' });
    await this.shows(file);
    await this.stands(line, column);
  }

  /** Waits until the editor in front shows a file. */
  async shows(file) {
    await this.page.locator(`.editor-group-container.active .tab.active[data-resource-name="${file.split('/').at(-1)}"]`).waitFor();
  }

  /** Where the status bar says that the cursor is. */
  async cursor() {
    const told = await this.page.locator('#status\\.editor\\.selection').innerText();
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(told) ?? [];
    return { line: Number(line), column: Number(column) };
  }

  async stands(line, column) {
    await until(`the cursor at ${line}:${column}`, async () => {
      const now = await this.cursor();
      return now.line === line && (column === undefined || now.column === column);
    });
  }

  /** Runs a command of the palette by its whole title. */
  async command(title) {
    await this.rest();
    await this.keys.press('F1');
    await this.input.waitFor();
    await this.input.fill(`>${title}`);
    // What matches whole stands first.
    await until(`the command ${title}`, async () => (await this.choices.first().getAttribute('aria-label', { timeout: 1000 }))?.startsWith(title));
    await this.keys.press('Enter');
    await this.input.waitFor({ state: 'hidden' });
  }

  /** Closes whatever floats over the text. */
  async rest() {
    await this.page.mouse.move(400, this.page.viewportSize().height - 1);
    for (let i = 0; i < 2; i++) await this.keys.press('Escape');
  }

  /** The card at the cursor, once one of its parts holds `words`. */
  async card(words) {
    const card = this.cards.filter({ hasText: words }).first();
    let shown;
    await until(`a card with ${words}`, async () => {
      await this.keys.press('Escape');
      await this.keys.press('Control+KeyK');
      await this.keys.press('Control+KeyI');
      // Asked too early, the editor shows nothing, and it does not ask again; what a server that begins has refreshed, it takes away.
      shown = await card.waitFor({ timeout: 3000 }).then(() => card.innerText({ timeout: 1000 })).catch(() => undefined);
      return shown !== undefined;
    });
    return shown.replace(/\s+/g, ' ');
  }

  /** Waits until what Enter would take of what is offered holds `words`: while a new list is on its way, it is one of the old. */
  async chosen(words) {
    await this.suggestions.and(this.page.locator('.focused')).filter({ hasText: words }).first().waitFor();
  }

  /** Saves all files, and waits until one of them holds, or does not hold, what is expected. */
  async save(what, holds) {
    await this.command('File: Save All');
    await until(`on the disk: ${what}`, () => holds());
    await until('nothing is unsaved', async () => (await this.page.locator('.tab.dirty').count()) === 0);
  }

  /** The row of the *Corpus* view whose name is exactly this; opened when asked. */
  async row(name, { opened = false } = {}) {
    const row = this.page.locator('.pane:has(.pane-header[aria-label^="Corpus"]) .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^${name}$`) }) }).first();
    await row.waitFor();
    if (opened && (await row.getAttribute('aria-expanded')) !== 'true') {
      await row.locator('.monaco-tl-twistie').click();
      await until(`${name} is open`, async () => (await row.getAttribute('aria-expanded')) === 'true');
    }
    return row;
  }

  /** The frame, at whatever depth, that shows `words`. */
  async frame(words) {
    return until(`a page with ${words}`, async () => {
      for (const frame of this.page.frames()) {
        const text = await frame.locator('body').innerText({ timeout: 500 }).catch(() => '');
        if (text.includes(words)) return frame;
      }
      return undefined;
    });
  }
}
