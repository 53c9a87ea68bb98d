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
  return new Promise((resolve) => new Picker(server, uri, resolve));
}

/** The list while it is open. */
class Picker {
  private readonly list = vscode.window.createQuickPick<Item>();
  private asked = new vscode.CancellationTokenSource();
  private timer: NodeJS.Timeout | undefined;
  /** The words that the list's items were found for. */
  private answered: string | undefined;
  private accepted = false;

  constructor(
    private readonly server: Session,
    private readonly uri: string,
    private readonly resolve: (citation: Citation | undefined) => void,
  ) {
    this.list.title = 'Insert citation';
    this.list.placeholder = 'A key, an author, a title, a year';
    this.list.onDidChangeValue(() => this.typed());
    this.list.onDidAccept(() => this.accept());
    this.list.onDidHide(() => this.close());
    this.list.show();
    void this.ask();
  }

  private typed(): void {
    this.accepted = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    this.asked.cancel();
    const mine = (this.asked = new vscode.CancellationTokenSource());
    const query = this.list.value;
    this.list.busy = true;
    try {
      const found = await this.server.ask('vidimus.citations', { uri: this.uri, query, limit: MOST }, mine.token);
      if (mine.token.isCancellationRequested) return;
      this.list.items = (found ?? []).map(item);
      this.answered = query;
      if (this.accepted) this.end(this.list.items[0]?.citation);
    } catch {
      // A newer question took its place, or the server stopped: the list stays as it is.
    } finally {
      if (mine === this.asked) this.list.busy = false;
    }
  }

  /** Who types fast and accepts means the first of what will be found. */
  private accept(): void {
    if (this.answered === this.list.value) this.end(this.list.activeItems[0]?.citation);
    else this.accepted = true;
  }

  private end(citation: Citation | undefined): void {
    this.resolve(citation);
    this.list.hide();
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asked.cancel();
    this.list.dispose();
    this.resolve(undefined);
  }
}

/** The server has filtered and sorted: every item is shown. */
function item(citation: Citation): Item {
  return { label: citation.label, description: `@${citation.key}`, detail: citation.detail, alwaysShow: true, citation };
}
