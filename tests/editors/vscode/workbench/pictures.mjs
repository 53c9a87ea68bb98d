// Pictures of parts of the window, cut so that what they show is read without a lens.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** So many pixels stand around what is shown. */
const MARGIN = 20;
/** What is narrower is shown with what is beside it. */
const WIDTH = 640;

/** Keeps pictures in a folder; `theme` ends their names. Without a folder nothing is kept. */
export function album(page, folder, theme) {
  if (!folder) return async () => {};
  mkdirSync(folder, { recursive: true });
  return async (name, ...parts) => {
    const toasts = await page.locator('.notification-toast').count();
    if (toasts > 0) throw new Error('a notification stands over the picture');
    const boxes = [];
    for (const part of parts) if (await part.count()) boxes.push(await part.first().boundingBox());
    const path = join(folder, `${name}-${theme}.png`);
    await page.screenshot({ path, clip: around(boxes.filter(Boolean), page.viewportSize()), animations: 'disabled', caret: 'initial' });
  };
}

/** The rectangle that holds all boxes and the margin. */
function around(boxes, { width, height }) {
  const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - MARGIN);
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - MARGIN);
  const right = Math.min(width, Math.max(left + WIDTH, Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN));
  const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
