// Pictures of parts of the window, cut so that what they show is read without a lens.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { until } from './window.mjs';

/** So many pixels stand around what is shown. */
const MARGIN = 16;
/** What is narrower is shown with what is beside it. */
const WIDTH = 560;
/** No picture of the documentation is larger, in bytes. */
const SIZE = 150_000;

/**
 * Keeps pictures in a folder; `theme` ends their names. Without a folder nothing is kept.
 *
 * A picture is told its name, the parts that it shows, and how wide and high it is at least and at most, in pixels.
 */
export function album(page, folder, theme) {
  if (!folder) return async () => {};
  mkdirSync(folder, { recursive: true });
  return async (name, parts, { margin = MARGIN, width = WIDTH, height = Infinity } = {}) => {
    if ((await page.locator('.notification-toast').count()) > 0) throw new Error('a notification stands over the picture');
    const clip = await settled(page, parts, { margin, width, height });
    const path = join(folder, `${name}-${theme}.png`);
    await page.screenshot({ path, clip, caret: 'initial' });
    if (statSync(path).size > SIZE) throw new Error(`${path} is too large: ${statSync(path).size} bytes`);
  };
}

/** The rectangle of the parts, once it is twice the same: cards grow while their parts come in. */
async function settled(page, parts, limits) {
  let last = '';
  return until('nothing moves', async () => {
    const boxes = [];
    for (const part of parts) if (await part.count()) boxes.push(await part.first().boundingBox());
    const now = around(boxes.filter(Boolean), page.viewportSize(), limits);
    const same = JSON.stringify(now) === last;
    last = JSON.stringify(now);
    await page.waitForTimeout(200);
    return same && now;
  });
}

/** The rectangle that holds all boxes and the margin. */
function around(boxes, view, { margin, width, height }) {
  const right = Math.min(view.width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
  const left = Math.max(0, Math.min(right - width, Math.min(...boxes.map((box) => box.x)) - margin));
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
  const bottom = Math.min(view.height, top + height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
