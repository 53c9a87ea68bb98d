/**
 * When a server that stopped is started again: after 1 second, then 2, 4 … up to 30; not at all when it stopped five times
 * within three minutes, for then it would go on so.
 */

/** The longest wait, in milliseconds. */
const LONGEST = 30_000;
/** So many stops within [`WINDOW`] are too many. */
const MOST = 5;
/** In milliseconds. */
const WINDOW = 180_000;

/** Counts the stops of one server. */
export class Backoff {
  private stops: number[] = [];
  private inARow = 0;

  /** A stop at `now` (milliseconds): how long to wait before the next start; `undefined` when there should be none. */
  stopped(now: number): number | undefined {
    const last = this.stops.at(-1);
    this.inARow = last !== undefined && now - last > WINDOW ? 1 : this.inARow + 1;
    this.stops = [...this.stops.filter((stop) => now - stop < WINDOW), now];
    return this.stops.length >= MOST ? undefined : Math.min(LONGEST, 1000 * 2 ** Math.min(this.inARow - 1, 16));
  }

  /** Begins anew: somebody asked for a start. */
  reset(): void {
    this.stops = [];
    this.inARow = 0;
  }
}
