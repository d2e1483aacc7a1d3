import { z } from 'zod';
import { type HttpClient } from '../client/http-client.js';

const problem = z.object({ code: z.string(), challenge: z.unknown().optional() });

export interface Asking {
  readonly couponId: string;
  readonly userId: string;
  /** As a proxy in front would tell it. */
  readonly address: string;
  /** The solution of a challenge. */
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

/** One request for a coupon, from an address. */
export const askFrom =
  (http: HttpClient, tokenOf: TokenOf) =>
  async ({ couponId, userId, address, solution }: Asking): Promise<Asked> => {
    const { status, body } = await http.send({
      method: 'POST',
      path: `/api/coupons/${couponId}/issue`,
      headers: {
        authorization: `Bearer ${await tokenOf(userId)}`,
        'x-forwarded-for': address,
        ...(solution !== undefined && { 'challenge-response': solution }),
      },
      body: { userId },
    });
    if (status === 202) return { status, code: 'ACCEPTED', challenge: null };
    const told = problem.safeParse(body).data;
    return { status, code: told?.code ?? 'UNKNOWN', challenge: told?.challenge ?? null };
  };
