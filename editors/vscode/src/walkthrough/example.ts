/** *Open a Copy of the Example Corpus*: what the extension ships stays as it is, the copy is the user's. */
import * as vscode from 'vscode';

const NAME = 'vidimus-example';

/** Asks for a folder, copies the example into it, and opens the copy. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const [parent] = (await vscode.window.showOpenDialog({
    title: 'Where to put the example corpus',
    openLabel: 'Put It Here',
    canSelectFiles: false,
    canSelectFolders: true,
  })) ?? [];
  if (!parent) return;
  const copy = await copyExample(extension, parent);
  const here = (vscode.workspace.workspaceFolders ?? []).length === 0;
  await vscode.commands.executeCommand('vscode.openFolder', copy, { forceNewWindow: !here });
}

/** Copies the example under `parent`, beside what lies there already, and answers where. */
export async function copyExample(extension: vscode.Uri, parent: vscode.Uri): Promise<vscode.Uri> {
  const from = vscode.Uri.joinPath(extension, 'example');
  for (let number = 1; ; number++) {
    const to = vscode.Uri.joinPath(parent, number === 1 ? NAME : `${NAME}-${number}`);
    if (await exists(to)) continue;
    await vscode.workspace.fs.copy(from, to, { overwrite: false });
    return to;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
