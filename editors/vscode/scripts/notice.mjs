// The notice of what the package holds of others: each part's name, version and licence, and the licence's words.
import { readFileSync, readdirSync } from 'node:fs';
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
  if (file === undefined) throw new Error(`${name} ${version} comes without its licence`);
  return { name, version, licence: license, words: readFileSync(join(folder, file), 'utf8').trim() };
}

/** The notice as one text; parts under the same words share them. */
export function notice(parts) {
  const shared = new Map();
  for (const part of parts) {
    const key = part.words.replace(/\s+/g, ' ');
    shared.set(key, [...(shared.get(key) ?? []), part]);
  }
  const sections = [...shared.values()].map((same) => {
    const names = same.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join('\n');
    return `${names}\n${same[0].words === '' ? '' : `\n${same[0].words}\n`}`;
  });
  return ['Vidimus for VS Code holds code of these packages.\n', ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}
