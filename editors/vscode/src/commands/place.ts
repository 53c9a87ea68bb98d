/** Where a command applies: the text at hand, or else a corpus that somebody picks. */
import * as vscode from 'vscode';

import type { Status } from '../protocol';

/** The address of the text at hand when it lies in a corpus; of the only corpus, or of the one picked. */
export async function place(status: Status | undefined): Promise<string | undefined> {
  const corpora = status?.corpora ?? [];
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.scheme === 'file') {
    const address = open.toString();
    if (corpora.length === 0 || corpora.some((corpus) => isIn(address, corpus.root))) return address;
  }
  if (corpora.length <= 1) return corpora[0]?.root;
  const items = corpora.map((corpus) => ({ label: corpus.name, description: vscode.Uri.parse(corpus.root).fsPath, root: corpus.root }));
  return (await vscode.window.showQuickPick(items, { title: 'Which corpus?' }))?.root;
}

/** Whether an address lies in a folder. Compared as the editor writes them, since `%3A` and `:` are the same place. */
function isIn(address: string, folder: string): boolean {
  const root = vscode.Uri.parse(folder).toString().replace(/\/$/, '');
  return address === root || address.startsWith(`${root}/`);
}
