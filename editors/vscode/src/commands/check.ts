/** *Check the Corpus*: every text is looked at, open or not. */
import * as vscode from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient/node';

import type { Commands } from '../protocol';
import type { Session } from '../server/session';
import { counted } from '../words';

/** Checks all corpora, shows how far it is, and tells the sum. */
export async function check(server: Session): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Vidimus: checking', cancellable: true };
  const sum = await vscode.window.withProgress(options, (progress, token) => ask(server, progress, token));
  if (!sum) return;
  const chosen = await vscode.window.showInformationMessage(words(sum), ...(findings(sum) === 0 ? [] : ['Show Problems']));
  if (chosen === 'Show Problems') await vscode.commands.executeCommand('workbench.actions.view.problems');
}

type Sum = Commands['vidimus.check']['answer'];

async function ask(
  server: Session,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<Sum | null> {
  const workDoneToken = `vidimus-check-${Date.now()}`;
  let done = 0;
  const listening = server.client.onProgress(WorkDoneProgress.type, workDoneToken, (told) => {
    if (told.kind === 'end') return;
    const percentage = told.percentage ?? done;
    progress.report({ increment: Math.max(0, percentage - done), ...(told.message === undefined ? {} : { message: told.message }) });
    done = Math.max(done, percentage);
  });
  try {
    return await server.ask('vidimus.check', {}, token, workDoneToken);
  } catch (error) {
    if (token.isCancellationRequested) return null;
    throw error;
  } finally {
    listening.dispose();
  }
}

function findings({ errors, warnings, notes }: Sum): number {
  return errors + warnings + notes;
}

function words(sum: Sum): string {
  const found = [counted(sum.errors, 'error'), counted(sum.warnings, 'warning'), counted(sum.notes, 'note')];
  return `Vidimus checked ${counted(sum.texts, 'text')}: ${findings(sum) === 0 ? 'nothing found' : found.join(', ')}`;
}
