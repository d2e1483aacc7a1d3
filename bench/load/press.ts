import { openAll } from './connection.js';
import { type Job } from './jobs.js';
import { isAccepted } from './people.js';

/** As fast as the connections allow. Every request must be accepted. */
export const press = async ({
  url,
  couponId,
  salt,
  connections,
  requests,
  users = `${salt}-u`,
  tokens = [],
}: Extract<Job, { kind: 'press' }>) => {
  const open = await openAll(url, connections);
  let next = 0;
  let accepted = 0;
  const start = performance.now();
  await Promise.all(
    open.map(async (connection) => {
      while (next < requests) {
        const n = next++;
        const token = tokens[n];
        const credentials = token === undefined ? { userId: `${users}${n}` } : { token };
        if (!(await isAccepted(connection, couponId, salt, n, credentials))) throw new Error('A request was refused');
        accepted += 1;
      }
    }),
  );
  const wallMs = performance.now() - start;
  open.forEach((connection) => connection.close());
  return { accepted, wallMs };
};
