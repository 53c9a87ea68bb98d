// The notice of what the bundle holds of others: each package's name, version and licence, and the licence's words.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The packages whose files esbuild put into the bundle: `[{ name, version, licence, words }]`, by name. */
export function bundled(metafile, root) {
  const folders = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) folders.add(found[1]);
  }
  return [...folders].sort().map((folder) => described(join(root, folder)));
}

function described(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (!file || !existsSync(join(folder, file))) throw new Error(`${name} ${version} comes without its licence`);
  return { name, version, licence: license, words: readFileSync(join(folder, file), 'utf8').trim() };
}

/** The notice as one text. */
export function notice(packages) {
  const parts = packages.map(({ name, version, licence, words }) => `${name} ${version} (${licence})\n\n${words}\n`);
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return ['Vidimus for VS Code holds code of these packages.\n', ...parts].join(rule);
}
