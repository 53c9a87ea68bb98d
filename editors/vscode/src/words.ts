/** Words that several parts need. */

/** `1 text`, `2 texts`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
