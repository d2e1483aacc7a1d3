import { openAll } from './connection.js';
import { type Job, requestIdOf } from './jobs.js';
import { isAccepted, untilFinal } from './people.js';

/** Everyone at once. Whoever is accepted waits for the final answer on his own connection. */
export const rush = async ({ url, couponId, salt, people }: Extract<Job, { kind: 'rush' }>) => {
  const open = await openAll(url, people);
  let accepted = 0;
  let won = 0;
  let answeredMs = 0;
  const start = performance.now();
  await Promise.all(
    open.map(async (connection, n) => {
      const isOneOfThem = await isAccepted(connection, couponId, salt, n);
      answeredMs = performance.now() - start;
      if (!isOneOfThem) return;
      accepted += 1;
      if ((await untilFinal(connection, requestIdOf(salt, n))) === 'SUCCESS') won += 1;
    }),
  );
  const finalMs = performance.now() - start;
  open.forEach((connection) => connection.close());
  return { accepted, won, answeredMs, finalMs };
};
