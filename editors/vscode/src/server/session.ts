/** One server process and the conversation with it. */
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, type DocumentFilter, type LanguageClientOptions } from 'vscode-languageclient/node';

import type { Found } from '../binary/locate';
import { STATUS, type Commands, type Status } from '../protocol';
import { QuietClient } from './quiet_client';
import type { Running } from './supervisor';

/** How long a server may take to end, in milliseconds; then it is killed. */
const FAREWELL = 3000;

/** What a conversation needs. */
export interface Setting {
  readonly found: Found;
  readonly documents: DocumentFilter[];
  readonly log: vscode.LogOutputChannel;
  /** Told how the corpora are. */
  readonly status: (status: Status) => void;
  /** Told once when the server stops by itself. */
  readonly ended: (reason: string) => void;
}

/** A server that answers. */
export class Session implements Running {
  private constructor(readonly client: QuietClient) {}

  /** Starts the process, and waits for its first answer. */
  static async begin(setting: Setting): Promise<Session> {
    const client = new QuietClient('vidimus', 'Vidimus', { command: setting.found.file, args: ['lsp'] }, options(setting));
    client.onNotification(STATUS, setting.status);
    const session = new Session(client);
    try {
      await client.start();
    } catch (error) {
      await session.stop();
      throw error;
    }
    return session;
  }

  /** Asks one of the server's own commands; `null` where the question means nothing, as outside a corpus. */
  async ask<Name extends keyof Commands>(
    command: Name,
    asked: Commands[Name]['asked'],
    token?: vscode.CancellationToken,
    workDoneToken?: string,
  ): Promise<Commands[Name]['answer'] | null> {
    const params = { command, arguments: [asked], ...(workDoneToken === undefined ? {} : { workDoneToken }) };
    // With a token that is `undefined` the parameters would be sent as a list of two.
    const method = 'workspace/executeCommand';
    return token === undefined ? this.client.sendRequest(method, params) : this.client.sendRequest(method, params, token);
  }

  async stop(): Promise<void> {
    try {
      await this.client.dispose(FAREWELL);
    } catch {
      // It has stopped already, or never begun, or is killed by now.
    }
  }
}

function options({ documents, log, ended }: Setting): LanguageClientOptions {
  return {
    documentSelector: documents,
    outputChannel: log,
    initializationOptions: { status: true },
    synchronize: { configurationSection: 'vidimus' },
    // Cards are plain Markdown: no HTML, and no link that runs a command.
    markdown: { isTrusted: false, supportHtml: false },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        ended('the server stopped');
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
}
