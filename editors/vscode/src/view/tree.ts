/** The *Corpus* view's rows, fetched when they are looked at. */
import * as vscode from 'vscode';
import type { Location } from 'vscode-languageclient/node';

import type { CorpusRecord, CorpusStatus, Status } from '../protocol';
import type { Session } from '../server/session';
import type { Node } from './nodes';
import { Pages } from './pages';
import { row } from './rows';

/** More uses than somebody reads in a tree; the editor's own list of references shows them all. */
const MOST_USES = 500;

/** Asks the server for what is unfolded. */
export class Tree implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly server: () => Session | undefined,
    private readonly status: () => Status | undefined,
  ) {}

  /** Draws a row's children anew, or all. */
  redraw(node?: Node): void {
    this.changed.fire(node);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return row(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const server = this.server();
    if (!server) return [];
    if (!node) {
      const corpora = this.status()?.corpora ?? [];
      const [only] = corpora;
      if (only && corpora.length === 1) return this.groups(only);
      return corpora.map((corpus) => ({ kind: 'corpus', corpus }));
    }
    return this.under(server, node);
  }

  private async under(server: Session, node: Node): Promise<Node[]> {
    switch (node.kind) {
      case 'corpus':
        return this.groups(node.corpus);
      case 'records':
        return this.types(server, node.corpus);
      case 'texts':
        return paged(node, node.pages, (text) => ({ kind: 'text', text }));
      case 'type':
        return paged(node, node.pages, (record) => ({ kind: 'record', record, type: node.type.type }));
      case 'record':
        return (await uses(server, node.record)).slice(0, MOST_USES).map((location) => ({ kind: 'use', location }));
      default:
        return [];
    }
  }

  private groups(corpus: CorpusStatus): Node[] {
    const pages = new Pages(async (offset, limit) => {
      const answer = await this.server()?.ask('vidimus.texts', { uri: corpus.root, offset, limit });
      return { total: answer?.total ?? 0, items: answer?.texts ?? [] };
    });
    return [{ kind: 'records', corpus }, { kind: 'texts', corpus, pages }];
  }

  private async types(server: Session, corpus: CorpusStatus): Promise<Node[]> {
    const types = (await server.ask('vidimus.recordTypes', { uri: corpus.root })) ?? [];
    return types.map((type) => {
      const pages = new Pages(async (offset, limit) => {
        const answer = await this.server()?.ask('vidimus.records', { uri: corpus.root, type: type.type, offset, limit });
        return { total: answer?.total ?? 0, items: answer?.records ?? [] };
      });
      return { kind: 'type', type, pages };
    });
  }
}

async function paged<T>(of: Node, pages: Pages<T>, node: (item: T) => Node): Promise<Node[]> {
  const nodes = (await pages.seen()).map(node);
  return pages.left === 0 ? nodes : [...nodes, { kind: 'more', of, pages }];
}

/** Where a record is used, its definition left out. */
export async function uses(server: Session, record: CorpusRecord): Promise<Location[]> {
  const { uri, range } = record.location;
  const params = { textDocument: { uri }, position: range.start, context: { includeDeclaration: false } };
  return (await server.client.sendRequest<Location[] | null>('textDocument/references', params)) ?? [];
}
