// Runs what needs no editor: `node scripts/test.mjs [NAME…]`, each NAME a part of a test file's path.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/test');
const wanted = process.argv.slice(2);
const files = readdirSync(join(root, 'test'), { recursive: true })
  .filter((file) => /\.test\.(ts|mjs)$/.test(file))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();
const typed = files.filter((file) => file.endsWith('.ts'));

rmSync(out, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: typed.map((file) => join('test', file)),
  outdir: out,
  outbase: 'test',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outExtension: { '.js': '.cjs' },
  sourcemap: 'inline',
  logLevel: 'warning',
});
const run = files.map((file) => (file.endsWith('.ts') ? join(out, file.replace(/\.ts$/, '.cjs')) : join(root, 'test', file)));
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=spec', ...run], { stdio: 'inherit', cwd: root });
process.exit(status ?? 1);
