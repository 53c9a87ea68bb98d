/** All commands, each with what it needs. */
import * as vscode from 'vscode';

import type { Session } from '../server/session';
import type { Vidimus } from '../vidimus';
import { openExample } from '../walkthrough/example';
import { check } from './check';
import { createRecord } from './create_record';
import { Explanations } from './explain';
import { insertCitation } from './insert_citation';
import { place } from './place';
import { showMenu } from './menu';

/** Registers them. */
export function register(vidimus: Vidimus, context: vscode.ExtensionContext): vscode.Disposable[] {
  const explanations = new Explanations();
  const of = (name: string, run: () => unknown) => vscode.commands.registerCommand(`vidimus.${name}`, run);
  const asking = (name: string, run: (server: Session) => Promise<void>) => of(name, () => withServer(vidimus, run));
  return [
    explanations.register(),
    of('restartServer', () => vidimus.start()),
    of('showLog', () => vidimus.showLog()),
    of('showMenu', () => showMenu(vidimus)),
    of('openExample', () => openExample(context.extensionUri)),
    of('refreshCorpus', () => vidimus.refreshView()),
    asking('checkCorpus', check),
    asking('explainHere', async (server) => {
      const editor = vscode.window.activeTextEditor;
      if (editor) await explanations.show(server, editor);
    }),
    asking('insertCitation', async (server) => {
      const editor = vscode.window.activeTextEditor;
      if (editor) await insertCitation(server, editor);
    }),
    asking('createRecord', async (server) => {
      const uri = await place(vidimus.status);
      if (uri !== undefined) await createRecord(server, uri);
    }),
  ];
}

/** Runs what needs a server, or says that there is none; what goes wrong is told and logged. */
async function withServer(vidimus: Vidimus, run: (server: Session) => Promise<void>): Promise<void> {
  const { server } = vidimus;
  if (!server) {
    const chosen = await vscode.window.showWarningMessage('Vidimus is not running.', 'Restart', 'Show Log');
    if (chosen === 'Restart') vidimus.restart();
    if (chosen === 'Show Log') vidimus.showLog();
    return;
  }
  try {
    await run(server);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    vidimus.log.error(words);
    void vscode.window.showErrorMessage(`Vidimus: ${words}`);
  }
}
