import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { either as E } from 'fp-ts';
import { request } from 'undici';
import { v5 as uuid } from 'uuid';
import { z } from 'zod';
import { type Challenges } from '../../application/ports/challenges.js';

export interface TurnstilePorts {
  /** Public: the widget on the page needs it. */
  readonly siteKey: string;
  readonly secret: string;
  /** Of siteverify. */
  readonly url: string;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
  /** True the first time a name is used, in whichever process. */
  readonly isFirst: (name: string) => Promise<boolean>;
}

/** As Cloudflare documents it. */
const MOST_CHARACTERS = 2_048;
const NAMESPACE = '8ad1c3a6-3b0c-4f43-9a77-0e0c2b3f3c55';

const answer = z.object({
  success: z.boolean(),
  'error-codes': z.array(z.string()).default([]),
  cdata: z.string().nullish(),
});

/** Siteverify itself, or the secret it was given, does not work: the client did nothing wrong. */
const OWN_FAULTS: ReadonlySet<string> = new Set([
  'missing-input-secret',
  'invalid-input-secret',
  'bad-request',
  'internal-error',
]);

/** The widget accepts letters, digits, `_` and `-`. */
const cDataOf = (what: string): string => what.replace('/', '_');

/**
 * Cloudflare Turnstile: its widget on the page gives a token, and siteverify says whether that is good. What the token is for
 * is in its `cData`. A token counts once: Cloudflare ensures that, and so does `isFirst`, because a call that is repeated
 * with the same idempotency key is answered again as before.
 */
export const turnstileChallenges = ({ siteKey, secret, url, timeoutMs, isFirst }: TurnstilePorts): Challenges => {
  const verify = async (token: string, address: string): Promise<z.infer<typeof answer> | null> => {
    const remoteip = isIP(address) === 0 ? {} : { remoteip: address };
    try {
      const { body } = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret, response: token, ...remoteip, idempotency_key: uuid(token, NAMESPACE) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return answer.safeParse(await body.json()).data ?? null;
    } catch {
      return null;
    }
  };
  return {
    ask: async ({ what }) => ({ provider: 'turnstile', siteKey, cData: cDataOf(what) }),
    isSolved:
      (response, { what, address }) =>
      async () => {
        if (response === '' || response.length > MOST_CHARACTERS) return E.right(false);
        const verified = await verify(response, address);
        if (verified === null || verified['error-codes'].some((code) => OWN_FAULTS.has(code)))
          return E.left('ChallengesUnavailable');
        if (!verified.success || verified.cdata !== cDataOf(what)) return E.right(false);
        return E.right(await isFirst(`challenge/${createHash('sha256').update(response).digest('base64url')}`));
      },
  };
};
