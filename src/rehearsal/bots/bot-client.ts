import { createClient, type Fetch } from '../../../packages/client/src/index.js';

export interface Asking {
  readonly couponId: string;
  readonly userId: string;
  /** As a proxy in front would tell it. */
  readonly address: string;
  readonly solution?: string;
}

export interface Asked {
  readonly status: number;
  /** Of an error; `ACCEPTED` for a 202. */
  readonly code: string;
  /** Where one is to be solved first. */
  readonly challenge: unknown;
}

/** Signs a user in; answers their token. */
export type TokenOf = (userId: string) => Promise<string>;

/** One request for a coupon, from an address. Rejects when nobody answers. */
export const askFrom =
  (url: string, fetch: Fetch, tokenOf: TokenOf) =>
  async ({ couponId, userId, address, solution }: Asking): Promise<Asked> => {
    const fromThere: Fetch = (to, sent) => {
      sent.headers.set('x-forwarded-for', address);
      if (solution !== undefined) sent.headers.set('challenge-response', solution);
      return fetch(to, sent);
    };
    const alone = { retryForMs: 0, timeoutMs: 0, solveChallenge: null };
    const client = createClient({ url, token: () => tokenOf(userId), fetch: fromThere, ...alone });
    const asked = await client.requestCoupon({ couponId, userId });
    if (asked.ok) return { status: asked.status, code: 'ACCEPTED', challenge: null };
    const { problem } = asked;
    if (problem.status === 0) throw new Error(problem.detail);
    const challenge = 'challenge' in problem ? problem.challenge : null;
    return { status: problem.status, code: problem.code, challenge };
  };
