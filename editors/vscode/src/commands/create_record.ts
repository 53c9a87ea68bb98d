/** *New Record*: picks a type, asks for a name, and opens what the server wrote. */
import * as vscode from 'vscode';

import type { Session } from '../server/session';
import { counted } from '../words';
import { openLocation } from './open';

/** `uri` says which corpus. */
export async function createRecord(server: Session, uri: string): Promise<void> {
  const types = await server.ask('vidimus.recordTypes', { uri });
  if (!types) {
    void vscode.window.showWarningMessage('Vidimus: this is no corpus; put an empty `vidimus.toml` into its folder.');
    return;
  }
  const items = types.map(({ type, label, count }) => ({ label, description: `${type}, ${counted(count, 'record')}`, type }));
  const picked = await vscode.window.showQuickPick(items, { title: 'New record', placeHolder: 'Of which type?', matchOnDescription: true });
  if (!picked) return;
  const name = await vscode.window.showInputBox({
    title: `New record: ${picked.label}`,
    prompt: 'Its name, as texts would write it',
    validateInput: (words) => (words.trim() === '' ? 'A record needs a name' : undefined),
  });
  if (name === undefined) return;
  const made = await server.ask('vidimus.newRecord', { uri, type: picked.type, name: name.trim() });
  if (made) await openLocation(server, made.location);
}
