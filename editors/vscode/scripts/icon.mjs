// Draws the extension's icon, a wax seal with a mark of having seen: `node scripts/icon.mjs`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 128;
/** Each pixel is the mean of so many points in each direction. */
const POINTS = 4;

const WAX = [142, 35, 38];
const SHADE = [104, 22, 26];
const LIGHT = [248, 236, 218];

/** The colour of a point, both coordinates from -1 to 1; `undefined` outside the seal. */
function colour(x, y) {
  const radius = Math.hypot(x, y);
  const edge = 0.92 + 0.04 * Math.cos(11 * Math.atan2(y, x)) + 0.02 * Math.cos(5 * Math.atan2(y, x) + 1);
  if (radius > edge) return undefined;
  if (mark(x, y)) return LIGHT;
  if (radius > 0.66 && radius < 0.71) return LIGHT;
  return radius > edge - 0.1 || (radius > 0.71 && radius < 0.75) ? SHADE : WAX;
}

/** A V whose right arm ends in a tick: two strokes. */
function mark(x, y) {
  return near(x, y, [-0.34, -0.2], [-0.08, 0.34]) || near(x, y, [-0.08, 0.34], [0.38, -0.36]);
}

/** Whether a point lies within a stroke's width of the line between two others. */
function near(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy) < 0.085;
}

function pixel(column, row) {
  let [red, green, blue, hits] = [0, 0, 0, 0];
  for (let i = 0; i < POINTS * POINTS; i++) {
    const x = (column + ((i % POINTS) + 0.5) / POINTS) / (SIZE / 2) - 1;
    const y = (row + (Math.floor(i / POINTS) + 0.5) / POINTS) / (SIZE / 2) - 1;
    const found = colour(x, y);
    if (found) [red, green, blue, hits] = [red + found[0], green + found[1], blue + found[2], hits + 1];
  }
  return hits === 0 ? [0, 0, 0, 0] : [red / hits, green / hits, blue / hits, (255 * hits) / (POINTS * POINTS)].map(Math.round);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const rows = [];
for (let row = 0; row < SIZE; row++) {
  rows.push(0);
  for (let column = 0; column < SIZE; column++) rows.push(...pixel(column, row));
}
const head = Buffer.alloc(13);
head.writeUInt32BE(SIZE, 0);
head.writeUInt32BE(SIZE, 4);
head.set([8, 6, 0, 0, 0], 8);
const png = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from(rows), { level: 9 })), chunk('IEND', Buffer.alloc(0))];
writeFileSync(fileURLToPath(new URL('../images/icon.png', import.meta.url)), Buffer.concat(png));
