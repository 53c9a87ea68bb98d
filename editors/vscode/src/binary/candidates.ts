/**
 * Where the server's binary may lie. Plain data in and out: nothing here looks at the disk.
 *
 * What the user set is the only candidate: a fault in it is told, not hidden behind another binary. Otherwise the binary that
 * came with the extension goes first, then `PATH`.
 */
import * as path from 'node:path';

/** Who named a candidate. */
export type Origin = 'setting' | 'bundled' | 'PATH';

/** A file that may be the server. */
export interface Candidate {
  readonly origin: Origin;
  readonly file: string;
}

/** What candidates depend on. */
export interface Surroundings {
  /** `vidimus.server.path` */
  readonly setting: string;
  /** The folder that the extension is installed in. */
  readonly extension: string;
  /** The folder that is open, where it is trusted: what `${workspaceFolder}` stands for. */
  readonly folder: string | undefined;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** The environment's `PATH`. */
  readonly searched: string;
}

/** All candidates, the first choice first. */
export function candidates(around: Surroundings): Candidate[] {
  const style = around.platform === 'win32' ? path.win32 : path.posix;
  const setting = around.setting.trim();
  if (setting !== '') {
    const file = expanded(setting, around);
    if (style.isAbsolute(file)) return [{ origin: 'setting', file }];
    // A path that is not absolute has no place to start from; a bare name is looked up.
    if (/[/\\]/.test(file)) return [];
    return onPath(file, around).map((found) => ({ origin: 'setting', file: found }));
  }
  const bundled = style.join(around.extension, 'bin', executable('vidimus', around.platform));
  return [{ origin: 'bundled', file: bundled }, ...onPath('vidimus', around).map((file): Candidate => ({ origin: 'PATH', file }))];
}

/** `~` and `${workspaceFolder}` at the beginning of a path, written out. */
function expanded(setting: string, around: Surroundings): string {
  const style = around.platform === 'win32' ? path.win32 : path.posix;
  const home = /^~(?=$|[/\\])/;
  if (home.test(setting)) return style.join(around.home, setting.replace(home, ''));
  const folder = /^\$\{workspaceFolder\}/;
  return around.folder !== undefined && folder.test(setting) ? style.join(around.folder, setting.replace(folder, '')) : setting;
}

/** A name in every folder of `PATH`. Folders that are not absolute are passed over: what is meant by them depends on where one stands. */
function onPath(name: string, around: Surroundings): string[] {
  const style = around.platform === 'win32' ? path.win32 : path.posix;
  const folders = around.searched.split(style.delimiter).map((folder) => folder.replace(/^"(.*)"$/, '$1'));
  return folders.filter((folder) => style.isAbsolute(folder)).map((folder) => style.join(folder, executable(name, around.platform)));
}

function executable(name: string, platform: NodeJS.Platform): string {
  return platform === 'win32' && !/\.exe$/i.test(name) ? `${name}.exe` : name;
}
