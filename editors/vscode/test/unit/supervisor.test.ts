import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Found, Located } from '../../src/binary/locate';
import { Backoff } from '../../src/server/backoff';
import { Supervisor, type Running } from '../../src/server/supervisor';

const FOUND: Found = { origin: 'PATH', file: '/usr/bin/vidimus', version: [0, 1, 0] };

/** A world with a clock of its own, in which servers are begun, fail and fall. */
class World {
  time = 0;
  located: Located = { found: FOUND };
  /** What the next starts meet: a failure's words, or nothing. */
  failures: (string | undefined)[] = [];
  readonly told: string[] = [];
  readonly servers: { stopped: boolean; fall: (reason: string) => void }[] = [];
  /** The locating of a start waits for this. */
  held: Promise<void> = Promise.resolve();
  private timers: { at: number; then: () => void }[] = [];

  readonly supervisor = new Supervisor<Running>({
    locate: async () => {
      await this.held;
      return this.located;
    },
    begin: async (_found, ended) => {
      const server = { stopped: false, fall: ended };
      this.servers.push(server);
      const failure = this.failures.shift();
      if (failure !== undefined) throw new Error(failure);
      return { stop: async () => void (server.stopped = true) };
    },
    changed: (state) => this.told.push(state.kind === 'waiting' ? `waiting ${state.delay / 1000}` : state.kind),
    now: () => this.time,
    after: (milliseconds, then) => {
      const timer = { at: this.time + milliseconds, then };
      this.timers.push(timer);
      return () => (this.timers = this.timers.filter((other) => other !== timer));
    },
  });

  get last() {
    return this.servers.at(-1)!;
  }

  get running(): number {
    return this.servers.filter(({ stopped }) => !stopped).length;
  }

  /** Lets time pass, and what is due happen. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = due.at;
      due.then();
      await settled();
    }
    this.time = until;
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a server that stops is started again after growing waits, and not for ever', async () => {
  const world = new World();
  await world.supervisor.start();
  assert.equal(world.supervisor.state.kind, 'running');
  for (const wait of [1, 2, 4, 8]) {
    world.last.fall('it fell');
    assert.equal(world.told.at(-1), `waiting ${wait}`);
    assert.equal(world.supervisor.server, undefined);
    await world.pass(wait * 1000);
    assert.equal(world.supervisor.state.kind, 'running');
  }
  world.last.fall('it fell');
  assert.equal(world.told.at(-1), 'given-up');
  await world.pass(3_600_000);
  assert.equal(world.servers.length, 5);
  await world.supervisor.start();
  assert.equal(world.supervisor.state.kind, 'running');
  assert.equal(world.running, 1, 'what is left of the fallen ones is ended');
  world.last.fall('it fell');
  assert.equal(world.told.at(-1), 'waiting 1', 'who asks for a start begins anew');
});

test('a start that fails counts like a fall, once', async () => {
  const world = new World();
  world.failures = ['no answer', undefined];
  await world.supervisor.start();
  assert.deepEqual(world.told, ['starting', 'waiting 1']);
  world.last.fall('and its end is told late');
  assert.deepEqual(world.told, ['starting', 'waiting 1']);
  await world.pass(1000);
  assert.equal(world.supervisor.state.kind, 'running');
});

test('without a binary nothing is begun, and asking again looks again', async () => {
  const world = new World();
  world.located = { fault: { kind: 'missing', setting: '' } };
  await world.supervisor.start();
  assert.deepEqual([world.supervisor.state.kind, world.servers.length], ['faulty', 0]);
  world.located = { found: FOUND };
  await world.supervisor.start();
  assert.equal(world.supervisor.state.kind, 'running');
});

test('a stop ends the server and every attempt', async () => {
  const world = new World();
  await world.supervisor.start();
  world.last.fall('it fell');
  await world.supervisor.stop();
  await world.pass(60_000);
  assert.deepEqual([world.supervisor.state.kind, world.servers.length], ['stopped', 1]);
});

test('many wishes at once leave one server', async () => {
  const world = new World();
  await Promise.all([world.supervisor.start(), world.supervisor.start(), world.supervisor.start()]);
  assert.equal(world.running, 1);
  assert.equal(world.supervisor.state.kind, 'running');
});

test('a stop while the binary is looked for is not overtaken by the start', async () => {
  const world = new World();
  let release = () => {};
  world.held = new Promise((resolve) => (release = resolve));
  const started = world.supervisor.start();
  await settled();
  const stopped = world.supervisor.stop();
  release();
  await Promise.all([started, stopped]);
  assert.deepEqual([world.supervisor.state.kind, world.servers.length], ['stopped', 0]);
});

test('the fall of a server that was replaced is nobody’s', async () => {
  const world = new World();
  await world.supervisor.start();
  const first = world.last;
  await world.supervisor.start();
  first.fall('late');
  assert.equal(world.supervisor.state.kind, 'running');
});

test('seldom stops are never too many, and a long life begins the waits anew', () => {
  const backoff = new Backoff();
  const waits = Array.from({ length: 8 }, (_, index) => backoff.stopped(index * 50_000));
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1000));
  assert.equal(backoff.stopped(8 * 50_000 + 200_000), 1000);
});
