/** The corpora of the open folders: every folder that holds `vidimus.toml`, in them or above them. */
import * as path from 'node:path';
import * as vscode from 'vscode';

const SETTINGS = 'vidimus.toml';
/** More corpora than anybody keeps in one window. */
const MOST = 200;
/** Folders where a corpus of the user's does not lie. */
const PASSED_OVER = '**/{node_modules,target,.git}/**';

/** Their folders, sorted. */
export async function corpora(): Promise<string[]> {
  const inside = await vscode.workspace.findFiles(`**/${SETTINGS}`, PASSED_OVER, MOST);
  const above = await Promise.all((vscode.workspace.workspaceFolders ?? []).map((folder) => enclosing(folder.uri)));
  const folders = [...inside.map((file) => path.dirname(file.fsPath)), ...above.flatMap((folder) => folder ?? [])];
  return [...new Set(folders)].sort();
}

/** The nearest folder above that holds settings. */
async function enclosing(folder: vscode.Uri): Promise<string | undefined> {
  if (folder.scheme !== 'file') return undefined;
  for (let at = path.dirname(folder.fsPath); ; at = path.dirname(at)) {
    try {
      await vscode.workspace.fs.stat(vscode.Uri.file(path.join(at, SETTINGS)));
      return at;
    } catch {
      if (path.dirname(at) === at) return undefined;
    }
  }
}

/** Calls `then` when a corpus came or went. */
export function whenCorporaChange(then: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${SETTINGS}`, false, true, false);
  return vscode.Disposable.from(watcher, watcher.onDidCreate(then), watcher.onDidDelete(then), vscode.workspace.onDidChangeWorkspaceFolders(then));
}
