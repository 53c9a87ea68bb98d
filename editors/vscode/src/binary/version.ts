/** Versions of the server: what a binary says of itself, and whether that is enough. */

/** A release's three numbers. */
export type Version = readonly [major: number, minor: number, patch: number];

/** Reads `vidimus 0.1.0` or `0.1.0-rc.1`; `undefined` when no version stands there. */
export function parseVersion(words: string): Version | undefined {
  const found = /(?:^|\s)v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?=$|[\s\-+])/.exec(words);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined;
}

/** Whether `version` is `least` or later. What stands behind a hyphen does not count: `0.2.0-rc.1` has what `0.2.0` has. */
export function isAtLeast(version: Version, least: Version): boolean {
  const [major, minor, patch] = version;
  if (major !== least[0]) return major > least[0];
  if (minor !== least[1]) return minor > least[1];
  return patch >= least[2];
}
