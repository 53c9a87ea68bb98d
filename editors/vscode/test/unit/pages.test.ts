import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PAGE, Pages } from '../../src/view/pages';

function list(length: number) {
  const asked: number[] = [];
  const pages = new Pages(async (offset, limit) => {
    asked.push(offset);
    return { total: length, items: Array.from({ length: Math.max(0, Math.min(limit, length - offset)) }, (_, index) => offset + index) };
  });
  return { pages, asked };
}

test('the first page comes by being looked at, the next when it is wanted', async () => {
  const { pages, asked } = list(PAGE * 2 + 1);
  assert.deepEqual([(await pages.seen()).length, pages.left], [PAGE, PAGE + 1]);
  await pages.seen();
  assert.deepEqual(asked, [0]);
  await Promise.all([pages.more(), pages.more()]);
  assert.deepEqual([(await pages.seen()).length, pages.left, asked], [PAGE * 2, 1, [0, PAGE]]);
  await pages.more();
  const seen = await pages.seen();
  assert.deepEqual([seen.at(-1), pages.left], [PAGE * 2, 0]);
});

test('an empty list is asked for once', async () => {
  const { pages, asked } = list(0);
  assert.deepEqual([(await pages.seen()).length, pages.left], [0, 0]);
  await pages.seen();
  assert.deepEqual(asked, [0]);
});

test('a list that became shorter meanwhile ends', async () => {
  let length = PAGE * 3;
  const pages = new Pages(async (offset) => ({ total: PAGE * 3, items: Array.from({ length: Math.max(0, Math.min(PAGE, length - offset)) }) }));
  await pages.seen();
  length = PAGE;
  await pages.more();
  assert.equal(pages.left, 0);
});
