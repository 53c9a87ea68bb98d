// Servers that are well and servers that are not.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes them, and answers where they are, as variables. */
export function binaries(folder, real) {
  mkdirSync(folder, { recursive: true });
  const written = (name, lines, mode = 0o755) => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode });
    return file;
  };
  const VERSION = '[ "$1" = --version ] && { echo vidimus 0.1.0; exit; }';
  return {
    OLD: written('old', 'echo vidimus 0.0.9'),
    PLAIN: written('plain', 'echo vidimus 0.1.0', 0o644),
    CRASHING: written('crashing', `${VERSION}\nexit 3`),
    // Leaves its process's id where the suite finds it.
    GOOD: written('good', `[ "$1" = lsp ] && echo $$ > '${join(folder, 'id')}'\nexec '${real}' "$@"`),
    ID: join(folder, 'id'),
    LATER: join(folder, 'later'),
  };
}
