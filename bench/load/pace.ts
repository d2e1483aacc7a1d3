import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, openAll } from './connection.js';
import { type Job, requestIdOf } from './jobs.js';
import { isAccepted, untilFinal } from './people.js';

/** People who are on their way at once; more than are needed unless the server falls behind. */
const CONNECTIONS = 1_000;

/**
 * So many a second, whether or not the answers keep up: each time is counted from the moment the request was due, so a
 * server that stalls is charged for everyone it kept waiting.
 */
export const pace = async ({
  url,
  couponId,
  salt,
  perSecond,
  seconds,
  isFollowed = true,
}: Extract<Job, { kind: 'pace' }>) => {
  const free: Connection[] = [...(await openAll(url, CONNECTIONS))];
  const waiting: Array<(connection: Connection) => void> = [];
  const take = async (): Promise<Connection> => free.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const give = (connection: Connection): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next(connection);
  };
  const visibleMs: number[] = [];
  const acceptMs: number[] = [];
  let wallMs = 0;
  const start = performance.now();
  const ask = async (n: number, due: number): Promise<void> => {
    const connection = await take();
    if (!(await isAccepted(connection, couponId, salt, n))) throw new Error('A request was refused');
    wallMs = performance.now() - start;
    acceptMs.push(start + wallMs - due);
    if (isFollowed) {
      await untilFinal(connection, requestIdOf(salt, n));
      visibleMs.push(performance.now() - due);
    }
    give(connection);
  };
  const all: Promise<void>[] = [];
  while (all.length < perSecond * seconds) {
    const due = start + (all.length * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0.5) await sleep(early);
    else all.push(ask(all.length, due));
  }
  await Promise.all(all);
  free.forEach((connection) => connection.close());
  return { accepted: acceptMs.length, wallMs, visibleMs, acceptMs };
};
