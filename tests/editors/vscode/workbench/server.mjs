// The workbench's server, with folders of its own: nothing of the user's is read or written, and nothing calls home.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.commandCenter': false,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'editor.hover.delay': 100,
  'editor.cursorBlinking': 'solid',
  'markdown.validate.enabled': false,
};

/** Writes the settings and installs the extension; `state` is a folder that is there for this run only. */
export async function prepare(paths, state, vsix, settings = {}) {
  // The server makes a folder for its log without the folders above it.
  for (const folder of ['data/logs', 'data/User', 'extensions']) mkdirSync(join(state, 'server', folder), { recursive: true });
  writeFileSync(join(state, 'server/data/User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }, null, 1));
  const args = [main(paths), '--server-data-dir', join(state, 'server'), '--install-extension', vsix];
  await promisify(execFile)(paths.NODE, args, { env: environment(state), timeout: 120_000 });
}

/** Starts the server; answers its address and the way to stop it. It belongs to the process group of its parent. */
export async function serve(paths, state) {
  const args = [main(paths), '--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'];
  args.push('--server-data-dir', join(state, 'server'), '--telemetry-level', 'off');
  const child = spawn(paths.NODE, args, { env: environment(state), stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(state, 'server.log'));
  child.stderr.pipe(log);
  const port = await new Promise((found, failed) => {
    let told = '';
    child.stdout.on('data', (data) => {
      log.write(data);
      told += data;
      const port = /agent listening on (\d+)/.exec(told);
      if (port) found(Number(port[1]));
    });
    child.on('exit', (code) => failed(new Error(`the workbench's server left with ${code}: ${told}`)));
  });
  return { address: `http://127.0.0.1:${port}/`, stop: () => child.kill('SIGKILL') };
}

/** The process id of the extension's language server; `undefined` while there is none. */
export async function running(state) {
  const pattern = `^${join(state, 'server/extensions')}/[^ ]*/bin/vidimus lsp`;
  const found = await promisify(execFile)('pgrep', ['-f', pattern]).catch(() => ({ stdout: '' }));
  const [id] = found.stdout.trim().split('\n');
  return id ? Number(id) : undefined;
}

function main(paths) {
  return join(paths.LIBVS, 'out/server-main.js');
}

/** No corpus is found by the user's environment, and no setting of his. */
function environment(state) {
  const at = (name) => join(state, name);
  return { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: at('home'), XDG_CONFIG_HOME: at('config'), XDG_DATA_HOME: at('share'), XDG_CACHE_HOME: at('cache') };
}
