// VS Code's own server, with a state of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Starts it on a free port; `stop` ends it and all its children. Unless folders are trusted, somebody is to be asked about each. */
export async function serve(paths, state, trusted, variables) {
  const [data, log] = [join(state, 'data'), join(state, 'server.log')];
  mkdirSync(join(data, 'data/logs'), { recursive: true });
  mkdirSync(join(data, 'extensions'), { recursive: true });
  const arguments_ = [
    join(paths.LIBVS, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--enable-smoke-test-driver', '--server-data-dir', data, '--telemetry-level', 'off'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
  ];
  // Where somebody has installed Vidimus for himself, the tests must not find it.
  const PATH = process.env.PATH.split(':').filter((folder) => !existsSync(join(folder, 'vidimus'))).join(':');
  const env = { ...process.env, HOME: state, XDG_CONFIG_HOME: join(state, 'config'), XDG_CACHE_HOME: join(state, 'cache'), PATH, ...variables };
  const out = openSync(log, 'w');
  const child = spawn(paths.NODE, arguments_, { env, detached: true, stdio: ['ignore', out, out] });
  const stop = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  process.on('exit', stop);
  for (let tries = 0; tries < 600; tries++) {
    const port = /listening on (\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
    if (port) return { host: `127.0.0.1:${port}`, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  stop();
  throw new Error(`the server does not start: ${readFileSync(log, 'utf8')}`);
}
