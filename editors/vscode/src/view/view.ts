/** The *Corpus* view: records by type with their uses, and texts with how many of their claims have a source. */
import * as vscode from 'vscode';

import { openLocation } from '../commands/open';
import type { Status } from '../protocol';
import type { Session } from '../server/session';
import type { Node } from './nodes';
import { Tree, uses } from './tree';

/** How long the corpora must be left alone before the view is drawn anew, in milliseconds. */
const QUIET = 1500;

/** The view in the Explorer. */
export class CorpusView implements vscode.Disposable {
  private readonly tree: Tree;
  private readonly view: vscode.TreeView<Node>;
  private readonly parts: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private drawn = '';

  constructor(private readonly server: () => Session | undefined, status: () => Status | undefined) {
    this.tree = new Tree(server, status);
    this.view = vscode.window.createTreeView('vidimus.corpus', { treeDataProvider: this.tree, showCollapseAll: true });
    this.parts = [
      this.view,
      vscode.commands.registerCommand('vidimus.view.open', (node: Node) => this.open(node)),
      vscode.commands.registerCommand('vidimus.view.more', (node: Node) => this.more(node)),
      vscode.commands.registerCommand('vidimus.showReferences', (node: Node) => this.showReferences(node)),
    ];
  }

  /** Draws all anew. */
  refresh(): void {
    clearTimeout(this.timer);
    this.tree.redraw();
  }

  /** The server told how the corpora are: what changed is drawn when it has come to rest, so that nothing flickers while somebody types. */
  corporaAre(status: Status): void {
    const now = JSON.stringify(status.corpora.map(({ done: _, ...counts }) => counts));
    if (now === this.drawn) return;
    const first = this.drawn === '';
    this.drawn = now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), first ? 0 : QUIET);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const part of this.parts) part.dispose();
  }

  private async open(node: Node): Promise<void> {
    const server = this.server();
    if (!server) return;
    if (node.kind === 'record') await openLocation(server, node.record.location);
    if (node.kind === 'use') await openLocation(server, node.location);
    if (node.kind === 'text') await vscode.window.showTextDocument(vscode.Uri.parse(node.text.uri));
  }

  private async more(node: Node): Promise<void> {
    if (node.kind !== 'more') return;
    await node.pages.more();
    this.tree.redraw(node.of);
  }

  /** The editor's own list, with the words around each use. */
  private async showReferences(node: Node | undefined): Promise<void> {
    const server = this.server();
    const record = node?.kind === 'record' ? node.record : undefined;
    if (!server || !record) return;
    await openLocation(server, record.location);
    const found = await server.client.protocol2CodeConverter.asReferences(await uses(server, record));
    const { start } = record.location.range;
    const uri = vscode.Uri.parse(record.location.uri);
    await vscode.commands.executeCommand('editor.action.showReferences', uri, new vscode.Position(start.line, start.character), found);
  }
}
