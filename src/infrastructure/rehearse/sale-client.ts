import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { z } from 'zod';
import { answerOf } from './answer-of.js';
import { type Persistence, type Reply, sendOn } from './calls.js';

const problem = z.object({ code: z.string(), requestId: z.string().optional() });
const accepted = z.object({ requestId: z.string(), userId: z.string() });
const issueStatus = z.object({
  requestId: z.string(),
  userId: z.string(),
  status: z.string(),
  place: z.number().nullish(),
});
const event = z.object({ openedAt: z.string().nullable() });
const coupon = z.object({
  couponId: z.string(),
  quantity: z.number(),
  issued: z.number(),
  remaining: z.number(),
  status: z.string(),
});

export type IssueStatus = z.infer<typeof issueStatus>;
export type CouponSummary = z.infer<typeof coupon>;

export interface Answer {
  readonly status: number;
  /** Of an error; `ACCEPTED` for a 202. */
  readonly code: string;
  readonly requestId: string | null;
}

/** A public API as a shop would use it: bounded sockets, and nothing known but the specification. */
export interface SaleClient {
  /** Tied to an event, it sells only while the event is open. */
  readonly create: (quantity: number, couponId: string, eventId?: string) => Promise<CouponSummary>;
  /** An event with a waiting room in front of it; `opensAt` in epoch milliseconds. */
  readonly schedule: (eventId: string, opensAt: number, scheduleId: string) => Promise<void>;
  /** When an event really opened, epoch milliseconds; null while it has not. */
  readonly openedAt: (eventId: string) => Promise<number | null>;
  readonly coupon: (couponId: string) => Promise<CouponSummary>;
  /** `pass`: of the waiting room, where there is one. */
  readonly ask: (couponId: string, userId: string, requestId: string, pass?: string) => Promise<Answer>;
  /** Waits until the answer is final, at most `withinMs`; then the last answer is given. */
  readonly untilFinal: (requestId: string, withinMs: number) => Promise<IssueStatus>;
  /** Whatever an operator's call answers. */
  readonly admin: (path: string) => Promise<Reply>;
  /** Whether the operator's calls carry a token. */
  readonly hasToken: boolean;
  readonly close: () => Promise<void>;
}

export interface SaleClientOptions {
  readonly url: string;
  /** Open connections for asking; a quarter as many follow the answers. */
  readonly sockets: number;
  readonly token?: string;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
  /** Given: calls are made again as clients are told to. */
  readonly persistence?: Persistence;
}

export const createSaleClient = ({ url, sockets, token, timeoutMs, persistence }: SaleClientOptions): SaleClient => {
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
  const operator: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const asking = new Pool(url, { connections: sockets, ...limits });
  const following = new Pool(url, { connections: Math.ceil(sockets / 4), ...limits });

  const call = sendOn(persistence);
  const send = (
    pool: Pool,
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<Reply> => call(pool, { method, path, headers, ...(body !== undefined && { body }) });
  const expected = <A>(schema: z.ZodType<A>, { status, body }: Reply, what: string): A => {
    const { success, data } = schema.safeParse(body);
    if (!success || status >= 300) throw new Error(`${what}: the server answered ${answerOf(status, body, token)}`);
    return data;
  };

  return {
    create: async (quantity, couponId, eventId) => {
      const discount = { kind: 'PERCENT', value: 10 };
      const body = { couponId, name: 'Rehearsal', quantity, discount, ...(eventId !== undefined && { eventId }) };
      return expected(coupon, await send(asking, 'POST', '/api/coupons', operator, body), 'Creating the coupon');
    },
    schedule: async (eventId, opensAt, scheduleId) => {
      const body = { eventId, name: 'Rehearsal', opensAt: new Date(opensAt).toISOString(), scheduleId };
      expected(event, await send(asking, 'POST', '/api/events', operator, body), 'Scheduling');
    },
    openedAt: async (eventId) => {
      const { openedAt } = expected(event, await send(following, 'GET', `/api/events/${eventId}`, {}), 'The event');
      return openedAt === null ? null : Date.parse(openedAt);
    },
    coupon: async (couponId) =>
      expected(coupon, await send(following, 'GET', `/api/coupons/${couponId}`, {}), 'Reading the coupon'),
    ask: async (couponId, userId, requestId, pass) => {
      const headers: Record<string, string> = pass === undefined ? {} : { 'waiting-pass': pass };
      const { status, body } = await send(asking, 'POST', `/api/coupons/${couponId}/issue`, headers, {
        userId,
        requestId,
      });
      if (status === 202) return { status, code: 'ACCEPTED', requestId: accepted.parse(body).requestId };
      const failed = problem.safeParse(body);
      return { status, code: failed.data?.code ?? 'UNKNOWN', requestId: failed.data?.requestId ?? null };
    },
    untilFinal: async (requestId, withinMs) => {
      const deadline = performance.now() + withinMs;
      for (;;) {
        const path = `/api/coupons/issue-status/${requestId}`;
        const answer = await send(following, 'GET', path, { prefer: 'wait=5' });
        if (answer.status !== 503) {
          const now = expected(issueStatus, answer, `Asking for ${requestId}`);
          if (now.status !== 'PROCESSING' || performance.now() > deadline) return now;
        } else if (performance.now() > deadline)
          throw new Error(`${requestId}: still unavailable after ${withinMs} ms`);
        else await sleep(50);
      }
    },
    hasToken: token !== undefined,
    admin: (path) => send(following, 'GET', path, operator),
    close: async () => {
      await Promise.all([asking.destroy(), following.destroy()]);
    },
  };
};
