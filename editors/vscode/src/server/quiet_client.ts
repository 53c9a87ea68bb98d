/** The language client, told to leave messages to us: the supervisor knows what a failure means, and says it once. */
import { LanguageClient } from 'vscode-languageclient/node';

export class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown, _show?: boolean | 'force'): void {
    super.error(message, data, false);
  }
}
