/** Where a citation is written: beside what it supports, one space after it. */

/** `insert` as it is to be written behind `before`, the line up to the cursor. */
export function beside(before: string, insert: string): string {
  return before === '' || /[\s([{]$/u.test(before) ? insert : ` ${insert}`;
}
