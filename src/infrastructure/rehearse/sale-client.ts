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
  readonly create: (quantity: number, couponId: string) => Promise<CouponSummary>;
  readonly coupon: (couponId: string) => Promise<CouponSummary>;
  readonly ask: (couponId: string, userId: string, requestId: string) => Promise<Answer>;
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
    create: async (quantity, couponId) => {
      const body = { couponId, name: 'Rehearsal', quantity, discount: { kind: 'PERCENT', value: 10 } };
      return expected(
        coupon,
        await send(asking, 'POST', '/api/coupons', { ...JSON_BODY, ...operator }, body),
        'Creating the coupon',
      );
    },
    coupon: async (couponId) =>
      expected(coupon, await send(following, 'GET', `/api/coupons/${couponId}`, {}), 'Reading the coupon'),
    ask: async (couponId, userId, requestId) => {
      const { status, body } = await send(asking, 'POST', `/api/coupons/${couponId}/issue`, JSON_BODY, {
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
