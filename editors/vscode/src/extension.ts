/**
 * The extension: finds and keeps a server running, and puts what only an editor can show around it.
 *
 * - `binary/`: which file is the server
 * - `server/`: its life, and the conversation with it
 * - `status/`: the item in the status bar
 * - `commands/`: what somebody can ask for
 * - `view/`: the *Corpus* view
 * - `walkthrough/`: the example corpus
 *
 * Not here: anything about texts. What is wrong in them, and how it is mended, the server says.
 */
import * as vscode from 'vscode';

import { Vidimus, type Api } from './vidimus';

let vidimus: Vidimus | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  vidimus = new Vidimus(context);
  context.subscriptions.push(vidimus);
  await vidimus.start();
  return vidimus.api;
}

export async function deactivate(): Promise<void> {
  await vidimus?.stop();
}
