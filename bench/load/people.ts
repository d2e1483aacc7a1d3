import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Connection } from './connection.js';
import { requestIdOf } from './jobs.js';

/** How often is asked again where a server cannot hold the answer back. */
const POLL_MS = 100;
const GIVE_UP_MS = 180_000;

/** The request of one person for a coupon, as bytes. */
export const askFor = (couponId: string, salt: string, n: number): string => {
  const body = `{"userId":"${salt}-u${n}","requestId":"${requestIdOf(salt, n)}"}`;
  return (
    `POST /api/coupons/${couponId}/issue HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
};

const statusOf = (requestId: string): string =>
  `GET /api/coupons/issue-status/${requestId} HTTP/1.1\r\nHost: bench\r\nPrefer: wait=30\r\n\r\n`;

const statusIn = ({ body }: Answer): string => /"status":"([A-Z_]+)"/.exec(body)?.[1] ?? '';

/** Asks for a result until it is final; answers what it is. */
export const untilFinal = async (connection: Connection, requestId: string): Promise<string> => {
  for (const deadline = Date.now() + GIVE_UP_MS; Date.now() < deadline;) {
    const answer = await connection.send(statusOf(requestId));
    if (answer.status !== 200) throw new Error(`${requestId}: HTTP ${answer.status} ${answer.body}`);
    const status = statusIn(answer);
    if (status !== 'PROCESSING') return status;
    await sleep(POLL_MS);
  }
  throw new Error(`${requestId} is still not final`);
};
