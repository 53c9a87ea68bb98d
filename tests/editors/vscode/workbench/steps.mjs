// The steps, in order: each does what somebody would do, and fails where he would be disappointed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { until } from './window.mjs';

const FAULTY = 'analyses/draft-references.md';
const SOUND = 'analyses/minsk-2017.md';

/** `step(what, does)` runs one; `picture(name, parts)` keeps what it shows. */
export async function run(window, { step, picture }) {
  await seeing({ window, step, picture });
  await going({ window, step, picture });
  await writing({ window, step, picture });
  await surveying({ window, step, picture });
  await outliving({ window, step });
}

async function seeing({ window, step, picture }) {
  const { page } = window;
  await step('a fault has a squiggle, and its card says what is wrong', async () => {
    await window.open(FAULTY, 'lavrow');
    await page.locator('.squiggly-error').first().waitFor();
    const card = await window.card('unknown-entity');
    assert.match(card, /lavrow/);
    await picture('finding', [window.hover, window.caret]);
  });
  await step('the status bar counts what was found', async () => {
    const item = page.locator('.statusbar-item', { hasText: /Vidimus\s+\d+\s+\d+/ });
    await item.waitFor();
    const [, errors, warnings] = /Vidimus\s+(\d+)\s+(\d+)/.exec(await item.innerText());
    assert.ok(Number(errors) > 0 && Number(warnings) > 0, `${errors} errors, ${warnings} warnings`);
  });
  await step('a mention has a card of who is meant on that day', async () => {
    await window.open(SOUND, '[[lavrov|the top diplomat', 12);
    const card = await window.card('Sergey Lavrov');
    assert.match(card, /Foreign Minister of Russia/);
    await picture('card', [window.hover, window.caret]);
  });
  await step('a pinpoint has a card with the words of its paragraph', async () => {
    await window.open(SOUND, 'minsk-protocol#point-4', 3);
    const card = await window.card('The OSCE watches the border');
    assert.match(card, /^Minsk Protocol .*point-4/);
    await picture('pinpoint', [window.hover, window.caret]);
  });
  await step('a citation has a card of its source', async () => {
    await window.open(SOUND, '@tass-2017, para. 2', 3);
    const card = await window.card('On the limits of force in peacekeeping');
    assert.match(card, /sources\/tass-2017\.md/);
    await picture('source', [window.hover, window.caret]);
  });
}

async function going({ window, step, picture }) {
  const { page, keys } = window;
  await step('an instrument\'s pinpoint leads to its paragraph', async () => {
    await window.open(SOUND, 'unsc-2202#op-1', 3);
    await until('the paragraph of the resolution', async () => {
      await keys.press('F12');
      return page.locator('.tab.active[data-resource-name="unsc-2202.md"]').first().waitFor({ timeout: 3000 }).then(() => true);
    });
    await window.stands(window.place('resolutions/unsc-2202.md', '1. Endorses').line);
    await picture('definition', [page.locator('.editor-instance')], { margin: 0, height: 420 });
  });
  await step('the words of a quotation lead to the same words in the work that is cited', async () => {
    await window.open(SOUND, 'have cost more lives', 3);
    await keys.press('F12');
    await window.shows('tass-2017.md');
    await window.stands(window.place('sources/tass-2017.md', 'According to Lavrov').line);
  });
}

async function writing({ window, step, picture }) {
  const { page, keys, suggestions } = window;
  await step('records are offered after [[', async () => {
    await window.open('opinions/patience.md');
    await keys.press('Control+End');
    await keys.type('\n\n[[', { delay: 30 });
    await suggestions.first().waitFor();
    await keys.type('mau', { delay: 30 });
    await window.chosen('Maurer');
    await picture('completion', [page.locator('.suggest-widget.visible'), page.locator('.suggest-details-container'), window.caret]);
    await keys.press('Enter');
    await window.save('the mention', () => /\[\[maurer(\|[^\]\n]*)?\]\]\s*$/.test(window.disk('opinions/patience.md')));
  });
  await step('sources are offered after [@', async () => {
    await window.open('opinions/patience.md');
    await keys.press('Control+End');
    await keys.type(' [@', { delay: 30 });
    await suggestions.first().waitFor();
    await keys.type('lind', { delay: 30 });
    await window.chosen('lindqvist-2021');
    await keys.press('Enter');
    await window.save('the citation', () => /\[@lindqvist-2021[^\]\n]*\]\s*$/.test(window.disk('opinions/patience.md')));
  });
  await step('a quick fix mends the text', async () => {
    await window.open(FAULTY, 'res-2202', 2);
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'unsc-2202' }).first();
    await until('the fix is offered', async () => {
      await keys.press('Control+Period');
      return fix.waitFor({ timeout: 3000 }).then(() => true);
    });
    await picture('fix', [page.locator('.action-widget'), window.caret]);
    await keys.press('Enter');
    await window.save('the new id', () => window.disk(FAULTY).includes('[[unsc-2202|the resolution]]'));
  });
  await step('a rename reaches every file', async () => {
    const before = using(window.folders[0], 'lavrov');
    assert.ok(before.length > 2, `${before}`);
    await window.open(SOUND, '[[lavrov|the top diplomat', 4);
    const box = page.locator('.rename-box input.rename-input');
    await until('the new name is asked for', async () => {
      await keys.press('F2');
      return box.waitFor({ timeout: 3000 }).then(() => true);
    });
    // The old name is marked a moment later than it is shown.
    await until('the old name is marked', () => box.evaluate((input) => input.selectionEnd > input.selectionStart));
    await box.fill('lavrov-sergey');
    await keys.press('End');
    await picture('rename', [page.locator('.rename-box'), window.caret]);
    await keys.press('Enter');
    await until('the text is changed', async () => (await page.locator('.view-lines').first().innerText()).includes('[[lavrov-sergey|'));
    await window.save('the new id in every file', () => using(window.folders[0], 'lavrov').length === 0);
    assert.match(window.disk('registry/people.yaml'), /^- id: lavrov-sergey$/m);
    assert.deepEqual(using(window.folders[0], 'lavrov-sergey'), before);
  });
}

async function surveying({ window, step, picture }) {
  const { page } = window;
  await step('the view lists the records by type with their uses', async () => {
    await window.open(SOUND);
    await window.command('Explorer: Focus on Corpus View');
    // The list of files leaves no room.
    await page.locator('.pane-header[aria-label^="Explorer Section"]').click();
    const people = await window.row('People', { opened: true });
    assert.match(await people.innerText(), /\d+/);
    const lavrov = await window.row('Sergey Lavrov');
    assert.match(await lavrov.innerText(), /[1-9]\d* uses/);
    await picture('corpus', [page.locator('.pane:has(.pane-header[aria-label^="Corpus"])')], { margin: 0, width: 0 });
    await (await window.row('People')).locator('.monaco-tl-twistie').click();
  });
  await step('and the texts with what is sourced', async () => {
    await window.row('Texts', { opened: true });
    const text = await window.row('analyses/draft-sourcing\\.md');
    assert.match(await text.innerText(), /[1-9]\d* unsourced/);
  });
  await step('a place is explained on a page of its own', async () => {
    await window.open(SOUND, '[[lavrov-sergey|the top', 20);
    await window.command('Vidimus: Explain What Is Here');
    const frame = await window.frame('Sergey Lavrov');
    assert.match(await frame.locator('body').innerText(), /lavrov-sergey/);
    await picture('explain', [page.locator('.editor-group-container').nth(0), page.locator('.editor-group-container').nth(1)], { margin: 0, height: 400 });
    await frame.locator('a', { hasText: 'registry/people.yaml' }).first().click();
    await window.shows('registry/people.yaml');
    await window.stands(window.place('registry/people.yaml', 'id: lavrov-sergey').line);
  });
}

async function outliving({ window, step }) {
  await step('a server that was killed is started again', async () => {
    const killed = await window.server();
    assert.ok(killed, 'no server runs');
    process.kill(killed, 'SIGKILL');
    await until('another server', async () => ![undefined, killed].includes(await window.server()));
    await window.open(SOUND, 'osce-smm|monitors', 2);
    await window.card('OSCE Special Monitoring Mission to Ukraine');
  });
}

/** A window with two corpora: each is served by itself. */
export async function beside(window, { step }) {
  await step('two corpora stand side by side in one window', async () => {
    await window.open('texts/the-lock.md', '[[velm-treaty', 4);
    await window.card('Treaty of Velm');
    await window.open(SOUND, '[[unsc|', 3);
    await window.card('UN Security Council');
    await window.command('Explorer: Focus on Corpus View');
    await window.page.locator('.pane-header[aria-label^="Explorer Section"]').click();
    for (const folder of window.folders) await window.row(basename(folder));
  });
}

/** The files of the corpus that mention a record by its id. */
function using(folder, id) {
  const mention = new RegExp(`(\\[\\[|\\bby=)${id}(?![\\w-])`);
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.md'));
  return files.filter((name) => mention.test(readFileSync(join(folder, name), 'utf8'))).sort();
}
