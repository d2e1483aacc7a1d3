import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Credentials, credentialsOf } from './credentials.js';
import { createHttpClient, type HttpClientOptions, type Reply, type Request } from './http-client.js';

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
  readonly create: (
    quantity: number,
    couponId: string,
    eventId?: string,
    challenge?: 'NEVER' | 'ALWAYS',
  ) => Promise<CouponSummary>;
  /** An event with a waiting room in front of it; `opensAt` in epoch milliseconds. */
  readonly schedule: (eventId: string, opensAt: number, scheduleId: string) => Promise<void>;
  /** When an event really opened, epoch milliseconds; null while it has not. */
  readonly openedAt: (eventId: string) => Promise<number | null>;
  readonly coupon: (couponId: string) => Promise<CouponSummary>;
  /** `pass`: of the waiting room, where there is one. */
  readonly ask: (couponId: string, userId: string, requestId: string, pass?: string) => Promise<Answer>;
  /** Waits until the answer is final, at most `withinMs`; then the last answer is given. */
  readonly awaitOutcome: (requestId: string, withinMs: number) => Promise<IssueStatus>;
  /** Whatever an operator's call answers. */
  readonly admin: (path: string) => Promise<Reply>;
  /** What its calls carry. */
  readonly credentials: Credentials;
  readonly close: () => Promise<void>;
}

/** `sockets`: open connections for asking; a quarter as many follow the answers. */
export const createSaleClient = (options: HttpClientOptions): SaleClient => {
  const asking = createHttpClient(options);
  const following = createHttpClient({ ...options, sockets: Math.ceil(options.sockets / 4) });
  const post = (path: string, body: object): Request => ({ method: 'POST', path, body, as: 'operator' });
  const get = (path: string): Request => ({ method: 'GET', path });

  return {
    create: (quantity, couponId, eventId, challenge = 'NEVER') => {
      const discount = { kind: 'PERCENT', value: 10 };
      const terms = { couponId, name: 'Rehearsal', quantity, discount, challenge };
      const body = { ...terms, ...(eventId !== undefined && { eventId }) };
      return asking.read(coupon, post('/api/coupons', body), 'Creating the coupon');
    },
    schedule: async (eventId, opensAt, scheduleId) => {
      const body = { eventId, name: 'Rehearsal', opensAt: new Date(opensAt).toISOString(), scheduleId };
      await asking.read(event, post('/api/events', body), 'Scheduling');
    },
    openedAt: async (eventId) => {
      const { openedAt } = await following.read(event, get(`/api/events/${eventId}`), 'The event');
      return openedAt === null ? null : Date.parse(openedAt);
    },
    coupon: (couponId) =>
      following.read(coupon, { ...get(`/api/coupons/${couponId}`), as: 'operator' }, 'Reading the coupon'),
    ask: async (couponId, userId, requestId, pass) => {
      const { status, body } = await asking.send({
        method: 'POST',
        path: `/api/coupons/${couponId}/issue`,
        headers: pass === undefined ? {} : { 'waiting-pass': pass },
        body: { userId, requestId },
      });
      if (status === 202) return { status, code: 'ACCEPTED', requestId: accepted.parse(body).requestId };
      const failed = problem.safeParse(body);
      return { status, code: failed.data?.code ?? 'UNKNOWN', requestId: failed.data?.requestId ?? null };
    },
    awaitOutcome: async (requestId, withinMs) => {
      const deadline = performance.now() + withinMs;
      const request = { ...get(`/api/coupons/issue-status/${requestId}`), headers: { prefer: 'wait=5' } };
      for (;;) {
        const answer = await following.send(request);
        if (answer.status !== 503) {
          const now = following.expect(issueStatus, answer, `Asking for ${requestId}`);
          if (now.status !== 'PROCESSING' || performance.now() > deadline) return now;
        } else if (performance.now() > deadline)
          throw new Error(`${requestId}: still unavailable after ${withinMs} ms`);
        else await sleep(50);
      }
    },
    credentials: credentialsOf(options),
    admin: (path) => following.send({ ...get(path), as: 'operator' }),
    close: async () => {
      await Promise.all([asking.close(), following.close()]);
    },
  };
};
