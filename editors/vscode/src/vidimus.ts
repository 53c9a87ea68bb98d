/** All parts of the extension, put together. */
import * as vscode from 'vscode';

import { locate } from './binary/locate';
import { register } from './commands/register';
import { tellFault, tellGivenUp, type Remedies } from './messages';
import type { Status } from './protocol';
import { corpora, whenCorporaChange } from './server/corpora';
import { selector } from './server/selector';
import { Session } from './server/session';
import { Supervisor, type State } from './server/supervisor';
import { StatusItem } from './status/item';
import { leastServer, surroundings } from './surroundings';
import { CorpusView } from './view/view';

/** What other extensions (and our tests) may ask. */
export interface Api {
  /** Where the server is in its life. */
  state(): State;
  /** What the server told last of its corpora. */
  status(): Status | undefined;
  readonly onDidChangeState: vscode.Event<State>;
  readonly onDidChangeStatus: vscode.Event<Status>;
}

/** The extension in one window. */
export class Vidimus implements vscode.Disposable, Remedies {
  readonly log = vscode.window.createOutputChannel('Vidimus', { log: true });
  private readonly item = new StatusItem();
  private readonly view: CorpusView;
  private readonly stateChanged = new vscode.EventEmitter<State>();
  private readonly statusChanged = new vscode.EventEmitter<Status>();
  private readonly supervisor: Supervisor<Session>;
  private readonly parts: vscode.Disposable[];
  /** The corpora that were there last; the running server's selector was made from them, or from more. */
  private known: readonly string[] = [];
  private told: Status | undefined;

  constructor(context: vscode.ExtensionContext) {
    this.supervisor = new Supervisor<Session>({
      locate: () => locate(surroundings(context.extensionPath), leastServer(context.extension.packageJSON)),
      begin: (found, ended) => this.begin(found, ended),
      changed: (state) => this.changed(state),
      now: () => Date.now(),
      after: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds);
        return () => clearTimeout(timer);
      },
    });
    this.view = new CorpusView(() => this.supervisor.server, () => this.told);
    this.parts = [
      this.log, this.item, this.view, this.stateChanged, this.statusChanged,
      ...register(this, context),
      whenCorporaChange(() => void this.corporaChanged()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('vidimus.server')) void this.start();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.start()),
    ];
    void vscode.commands.executeCommand('setContext', 'vidimus.active', true);
  }

  get api(): Api {
    return {
      state: () => this.supervisor.state,
      status: () => this.told,
      onDidChangeState: this.stateChanged.event,
      onDidChangeStatus: this.statusChanged.event,
    };
  }

  /** The server, while it answers. */
  get server(): Session | undefined {
    return this.supervisor.server;
  }

  /** What the server told last of its corpora. */
  get status(): Status | undefined {
    return this.told;
  }

  start(): Promise<void> {
    return this.supervisor.start();
  }

  stop(): Promise<void> {
    return this.supervisor.stop();
  }

  restart(): void {
    void this.start();
  }

  showLog(): void {
    this.log.show(true);
  }

  refreshView(): void {
    this.view.refresh();
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private async begin(found: Parameters<typeof Session.begin>[0]['found'], ended: (reason: string) => void): Promise<Session> {
    this.log.info(`${found.file} (${found.origin}), version ${found.version.join('.')}`);
    this.known = await corpora();
    const documents = selector(this.known);
    return Session.begin({ found, documents, log: this.log, ended, status: (status) => this.heard(status) });
  }

  private heard(status: Status): void {
    this.told = status;
    this.item.corporaAre(status);
    this.view.corporaAre(status);
    this.statusChanged.fire(status);
  }

  private changed(state: State): void {
    this.log.debug(`state: ${state.kind}`);
    if (state.kind !== 'running') this.told = undefined;
    this.item.stateIs(state);
    this.view.refresh();
    this.stateChanged.fire(state);
    void vscode.commands.executeCommand('setContext', 'vidimus.running', state.kind === 'running');
    if (state.kind === 'waiting') this.log.warn(`${state.reason}; it is started again in ${state.delay / 1000} s`);
    if (state.kind === 'given-up') void tellGivenUp(this);
    if (state.kind === 'faulty') void tellFault(state.fault, this);
    if (state.kind === 'running') {
      void this.askStatus();
      // What came while it began.
      void this.corporaChanged();
    }
  }

  /** Asks once, since a server that is at rest tells nothing. */
  private async askStatus(): Promise<void> {
    try {
      const status = await this.server?.ask('vidimus.status', {});
      if (status) this.heard(status);
    } catch (error) {
      this.log.debug(`no status: ${String(error)}`);
    }
  }

  /**
   * The selector is made from the corpora: one that came, or that lost its settings, needs a new conversation. Of a folder that left the
   * server is told; a new one would only learn of its texts that are still open.
   */
  private async corporaChanged(): Promise<void> {
    const now = await corpora();
    if (this.supervisor.state.kind !== 'running') return;
    const came = now.some((folder) => !this.known.includes(folder));
    const lost = this.known.some((folder) => !now.includes(folder) && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)));
    this.known = now;
    if (came || lost) await this.start();
  }
}
