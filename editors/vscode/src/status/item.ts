/** The item in the status bar: how far the reading is, what was found, or what is wrong with the server. */
import * as vscode from 'vscode';

import type { Status } from '../protocol';
import type { State } from '../server/supervisor';
import { shown } from './words';

/** Shows the newest that it is told. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('vidimus.status', vscode.StatusBarAlignment.Left, 20);
  private state: State = { kind: 'stopped' };
  private told: Status | undefined;

  constructor() {
    this.item.name = 'Vidimus';
    this.item.command = 'vidimus.showMenu';
    this.item.show();
  }

  /** The server's state changed; what was told of corpora by a server that is gone is forgotten. */
  stateIs(state: State): void {
    this.state = state;
    if (state.kind !== 'running') this.told = undefined;
    this.draw();
  }

  /** The server told how the corpora are. */
  corporaAre(status: Status): void {
    this.told = status;
    this.draw();
  }

  dispose(): void {
    this.item.dispose();
  }

  private draw(): void {
    const { text, tooltip, level } = shown(this.state, this.told);
    this.item.text = text;
    this.item.tooltip = new vscode.MarkdownString(tooltip, true);
    this.item.backgroundColor = level === 'plain' ? undefined : new vscode.ThemeColor(`statusBarItem.${level}Background`);
  }
}
