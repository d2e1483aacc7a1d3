import { openAll } from './connection.js';
import { type Job } from './jobs.js';
import { askFor } from './people.js';

/** As fast as the connections allow. Every request must be accepted. */
export const press = async ({ url, couponId, salt, connections, requests }: Extract<Job, { kind: 'press' }>) => {
  const open = await openAll(url, connections);
  let next = 0;
  let accepted = 0;
  const start = performance.now();
  await Promise.all(
    open.map(async (connection) => {
      while (next < requests) {
        const answer = await connection.send(askFor(couponId, salt, next++));
        if (answer.status === 202) accepted += 1;
        else throw new Error(`HTTP ${answer.status} ${answer.body}`);
      }
    }),
  );
  const wallMs = performance.now() - start;
  open.forEach((connection) => connection.close());
  return { accepted, wallMs };
};
