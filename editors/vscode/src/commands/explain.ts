/** *Explain What Is Here*: why a word is understood as it is, on a page that is rendered and cannot be edited. */
import * as vscode from 'vscode';

import type { Session } from '../server/session';
import { followable } from './links';

const SCHEME = 'vidimus-explain';
/** So many pages are kept for those who go back to one. */
const KEPT = 20;

/** The pages that were asked for. */
export class Explanations implements vscode.TextDocumentContentProvider {
  private readonly pages = new Map<string, string>();
  private count = 0;

  /** Registers the pages' addresses. */
  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.pages.get(uri.toString()) ?? 'This page is gone: ask again.';
  }

  /** Asks about the place of the cursor, and opens the page beside the text. */
  async show(server: Session, editor: vscode.TextEditor): Promise<void> {
    const { line, character } = editor.selection.active;
    const page = await server.ask('vidimus.explain', { uri: editor.document.uri.toString(), position: { line, character } });
    if (!page) {
      void vscode.window.showInformationMessage('Vidimus has nothing to say about this place.');
      return;
    }
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.path;
    await this.open(this.keep(page.title, followable(page.markdown, folder, (address) => vscode.Uri.parse(address).path)));
  }

  private keep(title: string, markdown: string): vscode.Uri {
    // A path is too long for a tab: its end says enough.
    const end = title.slice(title.lastIndexOf('/') + 1);
    const name = end.replace(/[\\?#\s]+/g, ' ').trim().slice(0, 60) || 'Explanation';
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md`, query: String(++this.count) });
    this.pages.set(uri.toString(), markdown);
    const oldest = this.pages.keys().next();
    if (this.pages.size > KEPT && !oldest.done) this.pages.delete(oldest.value);
    return uri;
  }

  private async open(uri: vscode.Uri): Promise<void> {
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } catch {
      // The editor's own Markdown extension can be turned off.
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    }
  }
}
