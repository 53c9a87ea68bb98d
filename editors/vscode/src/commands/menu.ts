/** What a click on the status item offers. */
import * as vscode from 'vscode';

import type { Vidimus } from '../vidimus';

/** Lists the commands that make sense now, and runs the chosen one. */
export async function showMenu(vidimus: Vidimus): Promise<void> {
  const always = [
    { label: '$(debug-restart) Restart Server', command: 'vidimus.restartServer' },
    { label: '$(output) Show Log', command: 'vidimus.showLog' },
    { label: '$(gear) Settings', command: 'workbench.action.openSettings', argument: '@ext:vidimus.vidimus' },
  ];
  const running = [
    { label: '$(checklist) Check the Corpus', command: 'vidimus.checkCorpus' },
    { label: '$(add) New Record…', command: 'vidimus.createRecord' },
  ];
  const items: { label: string; command: string; argument?: string }[] = vidimus.server ? [...running, ...always] : always;
  const chosen = await vscode.window.showQuickPick(items, { title: 'Vidimus' });
  if (chosen) await vscode.commands.executeCommand(chosen.command, ...(chosen.argument === undefined ? [] : [chosen.argument]));
}
