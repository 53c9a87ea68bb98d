// Bundles the extension into one file. `node scripts/build.mjs` writes it for an editor that is to be debugged.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The bundle's code, and esbuild's account of what went in. Written to `dist/` for an editor that is debugged, else only answered. */
export async function bundle({ debug = false } = {}) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    write: debug,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    minify: !debug,
    sourcemap: debug ? 'linked' : false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return { metafile, code: outputFiles?.[0]?.contents };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle({ debug: true });
