import { type Redis } from 'ioredis';
import { primariesOf, type RedisClient } from './client.js';
import { texts } from './reply.js';

/** A timer this late says that this process was busy, not that the server was. */
const BUSY_MS = 25;
/** How often a busy process looks again for a reply that may have come in meanwhile. */
const LOOKS = 5;

/**
 * The work's answer, or a rejection after `ms`. Node runs timers before it reads sockets: in a busy process a reply that arrived long
 * ago would count as missing, and a burst would make a healthy server look dead. So a timer that fires late waits again, up to five
 * times while it is late each time, and a reply that has arrived by then counts.
 * Never rejects before `ms` are over, although timers fire up to a millisecond early: what is sent with a deadline may act
 * until then.
 */
export const answeredWithin = <A>(ms: number, work: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    let due = performance.now() + ms;
    let looks = 0;
    const giveUp = (): void => reject(new Error('Command timed out'));
    const expire = (): void => {
      const late = performance.now() - due;
      if (late < 0) return wait(-late);
      if (late < BUSY_MS || looks === LOOKS) return void setImmediate(giveUp);
      looks += 1;
      due = performance.now() + ms;
      wait(ms);
    };
    const wait = (left: number): void => void (timer = setTimeout(expire, Math.ceil(left)));
    let timer: NodeJS.Timeout | undefined;
    wait(ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** What is known of the server processes at the other end; measured anew at every connection. */
export interface Server {
  /**
   * Which server process answers, or which ones a cluster consists of. Another id after a restart or a failover: what was
   * stored before may be gone. Throws while it is not known.
   */
  readonly runId: () => string;
  /**
   * Its clock, in epoch milliseconds, steady even when a clock here is set: behind by as long as it took to ask, never
   * ahead. Of a cluster that of the node whose clock is furthest on. None until first connected.
   */
  readonly now: () => number | null;
  /** Measures again; rejects when a server does not answer. */
  readonly measure: () => Promise<void>;
}

interface Measured {
  /** The connection over which it answered: over the next one another server may answer. */
  readonly stream: Redis['stream'];
  readonly runId: string;
  /** By how much its clock is ahead of ours, at least. */
  readonly offset: number;
}

const runIdIn = (info: string): string => /^run_id:(\w+)/m.exec(info)?.[1] ?? '';

/**
 * What it said was true at some moment between the question and the answer. So its clock is taken for what it is at least, and
 * no deadline is late. The answer of a busy process waits to be read: of all measurements the best one counts, until one shows
 * that the clock was set back.
 */
const measured = async (redis: Redis, withinMs: number, before: Measured | undefined): Promise<Measured> => {
  const sent = performance.now();
  const [time, info] = await answeredWithin(withinMs, Promise.all([redis.time(), redis.info('server')]));
  const received = performance.now();
  const [seconds = '0', micros = '0'] = texts(time);
  const said = Number(seconds) * 1_000 + Number(micros) / 1_000;
  const [runId, atLeast, atMost] = [runIdIn(info), said - received, said - sent];
  const isAsBefore = before?.runId === runId && before.offset <= atMost;
  return { stream: redis.stream, runId, offset: isAsBefore ? Math.max(before.offset, atLeast) : atLeast };
};

export const serverOf = (client: RedisClient, withinMs: number): Server => {
  // A node of a cluster that comes back does so by another connection, and is unknown until it was measured.
  const known = new WeakMap<Redis, Measured>();
  const one = async (redis: Redis): Promise<void> => {
    known.set(redis, await measured(redis, withinMs, known.get(redis)));
  };
  const measure = async (): Promise<void> => void (await Promise.all(primariesOf(client).map(one)));
  return {
    measure,
    runId: () => {
      const ids = primariesOf(client).map((redis) => {
        const measured = known.get(redis);
        return measured?.stream === redis.stream ? measured?.runId : undefined;
      });
      if (ids.length > 0 && !ids.includes(undefined)) return ids.sort().join('+');
      measure().catch(() => undefined);
      throw new Error('Which servers of Redis answer is not known yet');
    },
    now: () => {
      const offsets = primariesOf(client).flatMap((redis) => known.get(redis)?.offset ?? []);
      return offsets.length === 0 ? null : performance.now() + Math.max(...offsets);
    },
  };
};
