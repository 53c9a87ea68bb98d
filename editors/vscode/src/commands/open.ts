/** Opens what the server points at. */
import * as vscode from 'vscode';
import type { Location } from 'vscode-languageclient/node';

import type { Session } from '../server/session';

/** Shows a place, with its beginning under the cursor. */
export async function openLocation(server: Session, location: Location): Promise<void> {
  const uri = server.client.protocol2CodeConverter.asUri(location.uri);
  const { start } = location.range;
  const at = new vscode.Position(start.line, start.character);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
