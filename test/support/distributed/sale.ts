import { randomUUID } from 'node:crypto';
import { http, type HttpAnswer } from '../server/http.js';
import { eventually } from '../eventually.js';

/** A sale at the door of a distributed set: who asked, and what each was told. */
export interface DistributedSale {
  readonly couponId: string;
  /** Accepted requests. */
  readonly accepted: ReadonlyMap<string, string>;
  /** One person asks; remembered when accepted. */
  readonly ask: (userId?: string, requestId?: string) => Promise<HttpAnswer>;
  /** Everybody asks at once; answers their HTTP statuses. */
  readonly rush: (people: number) => Promise<ReadonlyArray<number>>;
  /** One asks after the other, in some lanes, until the answer's `stop` is called. */
  readonly stream: (lanes: number) => { readonly stop: () => Promise<void> };
  readonly statusOf: (requestId: string) => Promise<HttpAnswer>;
  /** The final answer of every accepted request, by request. Waits for them; fails when one does not come. */
  readonly finals: () => Promise<ReadonlyMap<string, string>>;
  readonly coupon: () => Promise<HttpAnswer>;
  readonly verify: () => Promise<unknown>;
}

/** Until everything is well again after a fault, an answer may be 503. The first verdict is the one that counts. */
export const judged = (ask: () => Promise<unknown>): Promise<unknown> =>
  eventually(async () => {
    const body = await ask();
    expect(body).toHaveProperty('verdict');
    return body;
  });

/** Opens a sale of `quantity` coupons at whichever door `url` names. */
export const openSale = async (url: () => string, quantity: number): Promise<DistributedSale> => {
  const couponId = `sale-${randomUUID()}`;
  const accepted = new Map<string, string>();
  let people = 0;
  const get = (path: string) => http(`${url()}${path}`);
  const terms = { couponId, name: 'A sale', quantity, discount: { kind: 'PERCENT', value: 10 } };
  await eventually(async () => {
    const { status } = await http(`${url()}/api/coupons`, terms);
    if (status !== 201 && status !== 409) throw new Error(`The coupon was not created: ${status}`);
  });

  const ask: DistributedSale['ask'] = async (userId = `user-${(people += 1)}`, requestId = randomUUID()) => {
    const answer = await http(`${url()}/api/coupons/${couponId}/issue`, { userId, requestId });
    if (answer.status === 202) accepted.set(requestId, userId);
    return answer;
  };
  const statusOf = (requestId: string) => get(`/api/coupons/issue-status/${requestId}`);
  const finalOf = (requestId: string): Promise<string> =>
    eventually(async () => {
      const { status, body } = await statusOf(requestId);
      if (status !== 200 || body['status'] === 'PROCESSING')
        throw new Error(`${requestId} is not final: ${status} ${JSON.stringify(body)}`);
      return JSON.stringify(body);
    });
  return {
    couponId,
    accepted,
    ask,
    rush: (count) => Promise.all(Array.from({ length: count }, async () => (await ask()).status)),
    stream: (lanes) => {
      let goesOn = true;
      const lane = async (): Promise<void> => {
        // A call that breaks off was promised nothing.
        while (goesOn) await ask().catch(() => undefined);
      };
      const done = Promise.all(Array.from({ length: lanes }, lane));
      return {
        stop: async () => {
          goesOn = false;
          await done;
        },
      };
    },
    statusOf,
    finals: async () => {
      const found = new Map<string, string>();
      const queue = accepted.keys();
      const lane = async (): Promise<void> => {
        for (const requestId of queue) found.set(requestId, await finalOf(requestId));
      };
      await Promise.all(Array.from({ length: 16 }, lane));
      return found;
    },
    coupon: () => get(`/api/coupons/${couponId}`),
    verify: () => judged(async () => (await get(`/admin/coupons/${couponId}/verify`)).body),
  };
};

/** How many of the final answers say so. */
export const told = (finals: ReadonlyMap<string, string>, status: string): number =>
  [...finals.values()].filter((answer) => answer.includes(`"status":"${status}"`)).length;
