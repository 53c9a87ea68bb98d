/** *Insert Citation*: a list of sources that the server narrows down as somebody types. */
import * as vscode from 'vscode';

import type { Citation } from '../protocol';
import type { Session } from '../server/session';
import { beside } from './beside';

/** How long to wait for the next key before asking, in milliseconds. */
const PAUSE = 80;
const MOST = 100;

type Item = vscode.QuickPickItem & { readonly citation: Citation };

/** Asks for a source, and writes its citation at every cursor. */
export async function insertCitation(server: Session, editor: vscode.TextEditor): Promise<void> {
  const citation = await pick(server, editor.document.uri.toString());
  if (!citation) return;
  await editor.edit((edit) => {
    for (const selection of editor.selections) {
      const before = editor.document.lineAt(selection.end.line).text.slice(0, selection.end.character);
      edit.insert(selection.end, beside(before, citation.insert));
    }
  });
}

function pick(server: Session, uri: string): Promise<Citation | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'Insert citation';
  list.placeholder = 'A key, an author, a title, a year';
  let asked = new vscode.CancellationTokenSource();
  let timer: NodeJS.Timeout | undefined;

  const ask = async () => {
    asked.cancel();
    const mine = (asked = new vscode.CancellationTokenSource());
    list.busy = true;
    try {
      const found = await server.ask('vidimus.citations', { uri, query: list.value, limit: MOST }, mine.token);
      if (!mine.token.isCancellationRequested) list.items = (found ?? []).map(item);
    } catch {
      // A newer question took its place, or the server stopped: the list stays as it is.
    }
    if (mine === asked) list.busy = false;
  };

  return new Promise((resolve) => {
    list.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), PAUSE);
    });
    list.onDidAccept(() => {
      resolve(list.activeItems[0]?.citation);
      list.hide();
    });
    list.onDidHide(() => {
      clearTimeout(timer);
      asked.cancel();
      list.dispose();
      resolve(undefined);
    });
    list.show();
    void ask();
  });
}

/** The server has filtered and sorted: every item is shown. */
function item(citation: Citation): Item {
  return { label: citation.label, description: `@${citation.key}`, detail: citation.detail, alwaysShow: true, citation };
}
