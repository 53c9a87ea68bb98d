/**
 * Keeps one server running: finds it, starts it, starts it again when it stopped by itself, and gives up when that does not help.
 *
 * What a server is, how it is found and what time it is are given, so that all of this is tested without an editor.
 */
import type { Fault, Found, Located } from '../binary/locate';
import { Backoff } from './backoff';

/** A server that was begun. */
export interface Running {
  /** Ends it; must not fail. */
  stop(): Promise<void>;
}

/** Where a server is in its life. */
export type State =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly server: Found }
  /** Stopped by itself; started again after `delay` milliseconds. */
  | { readonly kind: 'waiting'; readonly delay: number; readonly reason: string }
  /** Stopped too often. */
  | { readonly kind: 'given-up'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly fault: Fault };

/** What a supervisor is given. */
export interface Means<Server extends Running> {
  locate(): Promise<Located>;
  /**
   * Begins a server, and settles when it answers. `ended` is to be called once when it stops without being told to; a start
   * that fails rejects, whether `ended` was called or not.
   */
  begin(found: Found, ended: (reason: string) => void): Promise<Server>;
  /** Told of every change. */
  changed(state: State): void;
  now(): number;
  /** Calls `then` after so many milliseconds, unless what it answers is called first. */
  after(milliseconds: number, then: () => void): () => void;
}

/** Keeps a server running until it is told to stop. */
export class Supervisor<Server extends Running> {
  private readonly backoff = new Backoff();
  private cancelWait: (() => void) | undefined;
  private current: Server | undefined;
  /** One start or stop at a time, in the order they were asked for. */
  private queue: Promise<void> = Promise.resolve();
  /** Grows with every wish: what was begun for an older one counts no more. */
  private wish = 0;
  private shown: State = { kind: 'stopped' };

  constructor(private readonly means: Means<Server>) {}

  get state(): State {
    return this.shown;
  }

  /** The server, while it answers. */
  get server(): Server | undefined {
    return this.shown.kind === 'running' ? this.current : undefined;
  }

  /** Starts the server, or starts it anew; past stops are forgotten. */
  start(): Promise<void> {
    this.backoff.reset();
    return this.wished(() => this.launch());
  }

  /** Ends the server, and every attempt to start it. */
  stop(): Promise<void> {
    return this.wished(async () => this.become({ kind: 'stopped' }));
  }

  private wished(then: () => Promise<void>): Promise<void> {
    this.cancelWait?.();
    this.cancelWait = undefined;
    const wish = ++this.wish;
    this.queue = this.queue.then(async () => {
      await this.end();
      // A newer wish makes this one pointless.
      if (wish === this.wish) await then();
    });
    return this.queue;
  }

  private async end(): Promise<void> {
    const server = this.current;
    this.current = undefined;
    await server?.stop();
  }

  private async launch(): Promise<void> {
    const wish = this.wish;
    this.become({ kind: 'starting' });
    const located = await this.means.locate();
    if (wish !== this.wish) return;
    if ('fault' in located) return this.become({ kind: 'faulty', fault: located.fault });
    let told = false;
    const ended = (reason: string) => {
      if (told) return;
      told = true;
      if (wish === this.wish) this.fell(reason);
    };
    try {
      this.current = await this.means.begin(located.found, ended);
      // What stopped before it was handed over is no server any more.
      if (!told && wish === this.wish) this.become({ kind: 'running', server: located.found });
    } catch (error) {
      ended(error instanceof Error ? error.message : String(error));
    }
  }

  /** The server stopped by itself; what is left of it is ended before the next start. */
  private fell(reason: string): void {
    const delay = this.backoff.stopped(this.means.now());
    if (delay === undefined) return this.become({ kind: 'given-up', reason });
    this.become({ kind: 'waiting', delay, reason });
    this.cancelWait = this.means.after(delay, () => void this.wished(() => this.launch()));
  }

  private become(state: State): void {
    this.shown = state;
    this.means.changed(state);
  }
}
