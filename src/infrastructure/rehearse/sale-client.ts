import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { z } from 'zod';

const problem = z.object({ code: z.string(), requestId: z.string().optional() });
const accepted = z.object({ requestId: z.string(), userId: z.string() });
const issueStatus = z.object({
  requestId: z.string(),
  userId: z.string(),
  status: z.string(),
  place: z.number().nullish(),
});
const event = z.object({ openedAt: z.string().nullable() });
const coupon = z.object({ couponId: z.string(), quantity: z.number(), issued: z.number(), remaining: z.number() });

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
  readonly admin: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly close: () => Promise<void>;
}

export interface SaleClientOptions {
  readonly url: string;
  /** Open connections for asking; a quarter as many follow the answers. */
  readonly sockets: number;
  readonly token?: string;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
}

const JSON_BODY: Readonly<Record<string, string>> = { 'content-type': 'application/json' };

export const createSaleClient = ({ url, sockets, token, timeoutMs }: SaleClientOptions): SaleClient => {
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
  const operator: Readonly<Record<string, string>> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const asking = new Pool(url, { connections: sockets, ...limits });
  const following = new Pool(url, { connections: Math.ceil(sockets / 4), ...limits });

  const send = async (
    pool: Pool,
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body?: object,
  ) => {
    const response = await pool.request({
      method,
      path,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, body: text === '' ? null : parse(text) };
  };
  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return { code: 'NOT_JSON', text };
    }
  };
  const expected = <A>(schema: z.ZodType<A>, answer: { status: number; body: unknown }, what: string): A => {
    const { success, data } = schema.safeParse(answer.body);
    if (!success) throw new Error(`${what}: HTTP ${answer.status} ${JSON.stringify(answer.body)}`);
    return data;
  };

  return {
    create: async (quantity, couponId, eventId) => {
      const discount = { kind: 'PERCENT', value: 10 };
      const body = { couponId, name: 'Rehearsal', quantity, discount, ...(eventId !== undefined && { eventId }) };
      return expected(
        coupon,
        await send(asking, 'POST', '/api/coupons', { ...JSON_BODY, ...operator }, body),
        'Creating the coupon',
      );
    },
    schedule: async (eventId, opensAt, scheduleId) => {
      const body = { eventId, name: 'Rehearsal', opensAt: new Date(opensAt).toISOString(), scheduleId };
      expected(event, await send(asking, 'POST', '/api/events', { ...JSON_BODY, ...operator }, body), 'Scheduling');
    },
    openedAt: async (eventId) => {
      const { openedAt } = expected(event, await send(following, 'GET', `/api/events/${eventId}`, {}), 'The event');
      return openedAt === null ? null : Date.parse(openedAt);
    },
    coupon: async (couponId) =>
      expected(coupon, await send(following, 'GET', `/api/coupons/${couponId}`, {}), 'Reading the coupon'),
    ask: async (couponId, userId, requestId, pass) => {
      const headers = pass === undefined ? JSON_BODY : { ...JSON_BODY, 'waiting-pass': pass };
      const { status, body } = await send(asking, 'POST', `/api/coupons/${couponId}/issue`, headers, {
        userId,
        requestId,
      });
      if (status === 202) return { status, code: 'ACCEPTED', requestId: accepted.parse(body).requestId };
      const failed = problem.safeParse(body);
      return { status, code: failed.data?.code ?? 'UNKNOWN', requestId: failed.data?.requestId ?? null };
    },
    untilFinal: async (requestId, withinMs) => {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const path = `/api/coupons/issue-status/${requestId}`;
        const answer = await send(following, 'GET', path, { prefer: 'wait=5' });
        if (answer.status !== 503) {
          const now = expected(issueStatus, answer, `Asking for ${requestId}`);
          if (now.status !== 'PROCESSING' || Date.now() > deadline) return now;
        } else if (Date.now() > deadline) throw new Error(`${requestId}: still unavailable after ${withinMs} ms`);
        else await sleep(50);
      }
    },
    admin: (path) => send(following, 'GET', path, operator),
    close: async () => {
      await Promise.all([asking.destroy(), following.destroy()]);
    },
  };
};
