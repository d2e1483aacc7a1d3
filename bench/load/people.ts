import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Connection } from './connection.js';
import { requestIdOf } from './jobs.js';

/** How often is asked again where a server cannot hold the answer back. */
const POLL_MS = 100;
const GIVE_UP_MS = 100_000;

/** Each person has an address of their own. */
const credentialOf = (token: string, n: number): string =>
  `Authorization: Bearer ${token}\r\nX-Forwarded-For: 10.${n >> 16}.${(n >> 8) & 255}.${n & 255}\r\n`;

/** Who one person says to be, or the token that says it. */
export interface Credentials {
  readonly userId?: string;
  readonly token?: string;
}

/** The request of one person for a coupon, as bytes. Who has a token need not say who they are. */
const askFor = (
  couponId: string,
  salt: string,
  n: number,
  { userId = `${salt}-u${n}`, token }: Credentials,
): string => {
  const user = token === undefined ? `"userId":"${userId}",` : '';
  const body = `{${user}"requestId":"${requestIdOf(salt, n)}"}`;
  return (
    `POST /api/coupons/${couponId}/issue HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
    `${token === undefined ? '' : credentialOf(token, n)}Content-Length: ${body.length}\r\n\r\n${body}`
  );
};

const statusOf = (requestId: string): string =>
  `GET /api/coupons/issue-status/${requestId} HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=30\r\n\r\n`;

const statusIn = ({ body }: Answer): string => /"status":"([A-Z_]+)"/.exec(body)?.[1] ?? '';

/** Whoever is told to come back later does, when they are told to. A request keeps its id: to ask again changes nothing. */
const sendUntilTaken = async (connection: Connection, bytes: string): Promise<Answer> => {
  for (const deadline = Date.now() + GIVE_UP_MS; ;) {
    const answer = await connection.send(bytes);
    if (answer.status !== 503 || Date.now() > deadline) return answer;
    // Not all in the same moment again.
    await sleep((answer.retryAfterMs ?? POLL_MS) * (1 + Math.random() / 5));
  }
};

/** Asks for a coupon; answers whether that was accepted: else it is sold out, and anything else is thrown. */
export const isAccepted = async (
  connection: Connection,
  couponId: string,
  salt: string,
  n: number,
  credentials: Credentials = {},
): Promise<boolean> => {
  const answer = await sendUntilTaken(connection, askFor(couponId, salt, n, credentials));
  // To whom asks again after an answer that came too late.
  const isKnown = answer.status === 409 && answer.body.includes(`"${requestIdOf(salt, n)}"`);
  if (answer.status === 202 || isKnown) return true;
  if (answer.status === 409) return false;
  throw new Error(`HTTP ${answer.status} ${answer.body}`);
};

/** Asks for a result until it is final; answers what it is. */
export const untilFinal = async (connection: Connection, requestId: string): Promise<string> => {
  for (const deadline = Date.now() + GIVE_UP_MS; Date.now() < deadline;) {
    const answer = await sendUntilTaken(connection, statusOf(requestId));
    if (answer.status !== 200) throw new Error(`${requestId}: HTTP ${answer.status} ${answer.body}`);
    const status = statusIn(answer);
    if (status !== 'PROCESSING') return status;
    await sleep(POLL_MS);
  }
  throw new Error(`${requestId} is still not final`);
};
