/** Finds the server's binary: the first candidate that is there, can be run and is new enough. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, stat } from 'node:fs/promises';

import { candidates, type Candidate, type Surroundings } from './candidates';
import { isAtLeast, parseVersion, type Version } from './version';

/** How long a binary may take to say its version, in milliseconds. */
const PATIENCE = 10_000;

/** A server that can be started. */
export interface Found extends Candidate {
  readonly version: Version;
}

/** Why there is none. */
export type Fault =
  | { readonly kind: 'missing'; readonly setting: string }
  | { readonly kind: 'not-executable'; readonly file: string; readonly setting: string }
  | { readonly kind: 'too-old'; readonly file: string; readonly setting: string; readonly version: Version; readonly least: Version }
  | { readonly kind: 'strange'; readonly file: string; readonly setting: string; readonly said: string };

/** Either. */
export type Located = { readonly found: Found } | { readonly fault: Fault };

/** Looks at the candidates in their order. Where none will do, the fault of the first one that is there is told. */
export async function locate(around: Surroundings, least: Version): Promise<Located> {
  let first: Fault | undefined;
  for (const candidate of candidates(around)) {
    if (!(await isFile(candidate.file))) continue;
    const looked = await look(candidate, around, least);
    if ('found' in looked) return looked;
    first ??= looked.fault;
  }
  return { fault: first ?? { kind: 'missing', setting: around.setting.trim() } };
}

/** Whether one file is a server that will do. */
async function look(candidate: Candidate, around: Surroundings, least: Version): Promise<Located> {
  const { file } = candidate;
  const setting = around.setting.trim();
  if (!(await isExecutable(candidate))) return { fault: { kind: 'not-executable', file, setting } };
  const said = await run(file);
  const version = said.good ? parseVersion(said.words) : undefined;
  if (version === undefined) return { fault: { kind: 'strange', file, setting, said: said.words } };
  if (!isAtLeast(version, least)) return { fault: { kind: 'too-old', file, setting, version, least } };
  return { found: { ...candidate, version } };
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Whether it may be run. Our own binary is made so where unpacking lost the bit. */
async function isExecutable({ origin, file }: Candidate): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    if (origin !== 'bundled') return false;
  }
  try {
    await chmod(file, 0o755);
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What `--version` prints; of what goes wrong, the words. */
function run(file: string): Promise<{ readonly good: boolean; readonly words: string }> {
  return new Promise((resolve) => {
    execFile(file, ['--version'], { timeout: PATIENCE, maxBuffer: 64 * 1024, windowsHide: true }, (error, stdout, stderr) => {
      if (error === null) return resolve({ good: true, words: stdout.trim() });
      const words = stderr.trim() || error.message;
      resolve({ good: false, words: words.slice(0, 300) });
    });
  });
}
