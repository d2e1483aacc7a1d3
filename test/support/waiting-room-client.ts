import { setTimeout as sleep } from 'node:timers/promises';
import { checkedFetch } from './contract/checked-fetch.js';
import { z } from 'zod';

const seen = z.looseObject({
  tokenId: z.string(),
  status: z.enum(['PENDING', 'ACTIVE', 'EXPIRED', 'COMPLETED']),
  position: z.number().optional(),
  aheadOfYou: z.number().optional(),
  etaSeconds: z.number().nullable().optional(),
  expiresAt: z.string().optional(),
  pass: z.string().optional(),
});

export type SeenToken = z.infer<typeof seen>;

const MOST_TRIES = 10;

const isOperators = (path: string): boolean => /^\/(admin|api\/v1\/schedules)\//.test(path);

const asJson = { 'content-type': 'application/json' };

/** The waiting room of one schedule over HTTP, at whichever door `url` names; anything but a success throws. */
export const waitingRoomClient = (
  url: string | (() => string),
  scheduleId: string,
  /** Bearer credentials, where the server asks for them. */
  keys: { readonly operator?: string; readonly service?: string } = {},
) => {
  const call = async (method: string, path: string, body?: object, headers = {}): Promise<Response> => {
    const key = isOperators(path) ? keys.operator : keys.service;
    const init = {
      method,
      headers: { ...asJson, ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const ask = (): Promise<Response> => checkedFetch(`${typeof url === 'string' ? url : url()}${path}`, init);
    let response = await ask();
    // Told to come again, one comes again: every one of these calls may be repeated.
    for (let tries = 1; response.status === 503 && tries < MOST_TRIES; tries += 1) {
      await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1));
      response = await ask();
    }
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    configure: async (terms: object): Promise<unknown> =>
      (await call('PUT', `/api/v1/schedules/${scheduleId}`, terms)).json(),
    join: async (userId: string): Promise<SeenToken> =>
      seen.parse(await (await call('POST', '/api/v1/waiting-token', { scheduleId, userId })).json()),
    ask: async (tokenId: string, wait = 0): Promise<SeenToken> =>
      seen.parse(
        await (
          await call('GET', `/api/v1/waiting-token/${tokenId}`, undefined, wait > 0 ? { prefer: `wait=${wait}` } : {})
        ).json(),
      ),
    leave: async (tokenId: string): Promise<number> =>
      (await call('DELETE', `/api/v1/waiting-token/${tokenId}`)).status,
    verify: async (): Promise<{ readonly verdict: string; readonly reasons: ReadonlyArray<unknown> }> =>
      z
        .looseObject({ verdict: z.string(), reasons: z.array(z.unknown()) })
        .parse(await (await call('GET', `/admin/schedules/${scheduleId}/verify`)).json()),
  };
};
