/** Messages that offer something to do. */
import * as vscode from 'vscode';

import { complaint, type Cure } from './binary/complaint';
import type { Fault } from './binary/locate';

/** What a message needs beyond the editor. */
export interface Remedies {
  restart(): void;
  showLog(): void;
}

/** Says that there is no server to start, and what to do. */
export async function tellFault(fault: Fault, remedies: Remedies): Promise<void> {
  const { message, cures } = complaint(fault);
  const chosen: Cure | undefined = await vscode.window.showErrorMessage(message, ...cures);
  if (chosen === 'Open Settings') await vscode.commands.executeCommand('workbench.action.openSettings', 'vidimus.server.path');
  if (chosen === 'How to Install') await vscode.commands.executeCommand('workbench.action.openWalkthrough', { category: 'vidimus.vidimus#start', step: 'server' }, false);
  if (chosen === 'Try Again') remedies.restart();
}

/** Says that the server stopped too often. */
export async function tellGivenUp(remedies: Remedies): Promise<void> {
  const message = 'Vidimus stopped 5 times within 3 minutes, and is not started again. Its log may tell why.';
  const chosen = await vscode.window.showErrorMessage(message, 'Restart', 'Show Log');
  if (chosen === 'Restart') remedies.restart();
  if (chosen === 'Show Log') remedies.showLog();
}
