// What a person does and a suite cannot: reads messages, presses their buttons, follows links, types. A suite writes a wish into a file, and waits
// until the file is gone; messages are listed in another as they appear.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export class Hand {
  #resting = false;

  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  rest() {
    this.#resting = true;
  }

  /** Serves one window until told to rest; an error in the window ends it. */
  async serve(page) {
    const seen = new Set();
    while (!this.#resting) {
      try {
        for (const message of await messages(page)) {
          const line = JSON.stringify(message);
          if (!seen.has(line)) appendFileSync(join(this.folder, 'messages'), `${line}\n`);
          seen.add(line);
        }
        await this.#grant(page);
      } catch (error) {
        if (!this.#resting) console.log(`# the hand: ${error.message.split('\n')[0]}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return new Promise(() => {});
  }

  async #grant(page) {
    const [wish, taken] = [join(this.folder, 'wish'), join(this.folder, 'taken')];
    if (!existsSync(wish)) return;
    renameSync(wish, taken);
    const { press, follow, into, type, key } = JSON.parse(readFileSync(taken, 'utf8'));
    try {
      if (press) await page.click(`.notification-toast a.monaco-button:has-text("${press}")`, { timeout: 5000 });
      if (follow) await this.#follow(page, follow);
      if (into) await page.waitForSelector(`.quick-input-widget:visible .quick-input-title:has-text("${into}")`, { timeout: 10_000 });
      if (type) await page.keyboard.type(type);
      if (key) await page.keyboard.press(key);
    } finally {
      rmSync(taken);
    }
  }

  /** Clicks a link of a page, which stands in a frame of its own; the page may still be drawn. */
  async #follow(page, words) {
    for (let tries = 0; tries < 100; tries++) {
      for (const frame of page.frames().filter((frame) => frame !== page.mainFrame())) {
        const link = frame.locator('a', { hasText: words });
        if ((await link.count().catch(() => 0)) > 0) return link.first().click({ timeout: 5000 });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no page has a link ${words}`);
  }
}

/** The messages on the screen: `{ words, buttons }`. */
function messages(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.notification-toast')].map((toast) => ({
      words: toast.querySelector('.notification-list-item-message')?.textContent ?? '',
      buttons: [...toast.querySelectorAll('a.monaco-button')].map((button) => button.textContent),
    })),
  );
}
