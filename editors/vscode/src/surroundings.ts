/** What of the editor decides which binary is the server. */
import * as os from 'node:os';
import * as vscode from 'vscode';

import type { Surroundings } from './binary/candidates';
import { parseVersion, type Version } from './binary/version';

/** As they are now. In a folder that is not trusted the editor keeps that folder's own `vidimus.server.path` from us. */
export function surroundings(extension: string): Surroundings {
  const folder = vscode.workspace.isTrusted ? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath : undefined;
  return {
    setting: vscode.workspace.getConfiguration('vidimus').get('server.path', ''),
    extension,
    folder,
    home: os.homedir(),
    platform: process.platform,
    searched: process.env['PATH'] ?? process.env['Path'] ?? '',
  };
}

/** The oldest server that will do, as package.json says. */
export function leastServer(manifest: { readonly leastServer?: unknown }): Version {
  return parseVersion(String(manifest.leastServer)) ?? [0, 0, 0];
}
