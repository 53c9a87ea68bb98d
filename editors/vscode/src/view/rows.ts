/** How a row of the *Corpus* view looks. */
import * as path from 'node:path';
import * as vscode from 'vscode';

import type { CorpusText } from '../protocol';
import { counted } from '../words';
import type { Node } from './nodes';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Icons of the built-in types; an author's own get a plain one. */
const ICONS: Readonly<Record<string, string>> = {
  person: 'person',
  org: 'organization',
  place: 'location',
  agreement: 'law',
  resolution: 'law',
  statement: 'megaphone',
  event: 'calendar',
  document: 'note',
  source: 'book',
};

/** The row of a node. */
export function row(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'corpus':
      return item(node.corpus.name, Expanded, 'root-folder', vscode.Uri.parse(node.corpus.root).fsPath);
    case 'records':
      return item('Records', Expanded, 'database', String(node.corpus.records));
    case 'texts':
      return item('Texts', Collapsed, 'files', String(node.corpus.texts));
    case 'type':
      return item(node.type.label, node.type.count === 0 ? None : Collapsed, icon(node.type.type), String(node.type.count));
    case 'record':
      return record(node);
    case 'use':
      return use(node.location.uri, node.location.range.start.line, node);
    case 'text':
      return text(node.text, node);
    case 'more':
      return opening(item('More…', None, 'ellipsis', `${node.pages.left} not shown`), 'vidimus.view.more', 'Show More', node);
  }
}

function record(node: Extract<Node, { kind: 'record' }>): vscode.TreeItem {
  const { id, name, uses } = node.record;
  const made = item(name, uses === 0 ? None : Collapsed, icon(node.type), counted(uses, 'use'));
  made.contextValue = 'record';
  made.tooltip = `${name} (${id}), ${counted(uses, 'use')}`;
  return opening(made, 'vidimus.view.open', 'Open the Record', node);
}

function use(address: string, line: number, node: Node): vscode.TreeItem {
  const uri = vscode.Uri.parse(address);
  const made = item(path.basename(uri.fsPath), None, 'go-to-file', `line ${line + 1}`);
  made.tooltip = `${vscode.workspace.asRelativePath(uri)}:${line + 1}`;
  return opening(made, 'vidimus.view.open', 'Open the Use', node);
}

function text(told: CorpusText, node: Node): vscode.TreeItem {
  const made = item(told.path, None, 'file', claims(told));
  made.resourceUri = vscode.Uri.parse(told.uri);
  made.iconPath = vscode.ThemeIcon.File;
  const findings = [counted(told.errors, 'error'), counted(told.warnings, 'warning'), counted(told.notes, 'note')];
  made.tooltip = `${told.path}\n${claims(told)}\n${findings.join(', ')}`;
  return opening(made, 'vidimus.view.open', 'Open the Text', node);
}

/** How many claims of a text have a source. */
export function claims({ sourced, unsourced }: Pick<CorpusText, 'sourced' | 'unsourced'>): string {
  if (sourced + unsourced === 0) return 'no claims';
  return unsourced === 0 ? `${sourced} sourced` : `${sourced} sourced, ${unsourced} unsourced`;
}

function icon(type: string): string {
  return ICONS[type] ?? 'symbol-constant';
}

function item(label: string, state: vscode.TreeItemCollapsibleState, icon: string, description: string): vscode.TreeItem {
  const made = new vscode.TreeItem(label, state);
  made.iconPath = new vscode.ThemeIcon(icon);
  made.description = description;
  return made;
}

function opening(made: vscode.TreeItem, command: string, title: string, node: Node): vscode.TreeItem {
  made.command = { command, title, arguments: [node] };
  return made;
}
