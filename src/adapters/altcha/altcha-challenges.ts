import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { either as E } from 'fp-ts';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { jsonOf } from '../../application/kernel/json-of.js';
import { type Challenged, type Challenges } from '../../application/ports/challenges.js';
import { type Clock } from '../../application/ports/clock.js';

export interface AltchaPorts {
  /** The same in all processes: what one asks another may be answered. */
  readonly secret: string;
  /** True the first time a name is used, in whichever process. */
  readonly isFirst: (name: string) => Promise<boolean>;
  readonly clock: Pick<Clock, 'now'>;
  /** Hashes of a first challenge, on average. */
  readonly work: number;
}

const ALGORITHM = 'SHA-256';
/** Doublings: a thousand times the work of a first challenge. */
const MOST_STEPS = 10;
const SOLVED_WITHIN_MS = 5 * 60_000;
const MOST_CHARACTERS = 4_096;

const payload = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal(ALGORITHM),
      nonce: z.string(),
      salt: z.string(),
      cost: z.int().min(1),
      keyLength: z.int(),
      keyPrefix: z.string(),
      expiresAt: z.int(),
      data: z.object({ what: z.string(), address: z.string() }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.int(), derivedKey: z.string() }),
});

/**
 * As many zeros (hex) as the work allows, so that checking a solution takes at most 16 hashes, however many it takes to find one.
 * Otherwise a client with a hard challenge could keep this process busy by sending wrong solutions.
 */
const termsFor = (work: number): { readonly keyPrefix: string; readonly cost: number } => {
  const zeros = Math.max(1, Math.floor(Math.log2(work) / 4));
  return { keyPrefix: '0'.repeat(zeros), cost: Math.max(1, Math.round(work / 16 ** zeros)) };
};

const read = (response: string): z.infer<typeof payload> | null => {
  const text = response.length > MOST_CHARACTERS ? '' : Buffer.from(response, 'base64').toString();
  return payload.safeParse(jsonOf(text)).data ?? null;
};

/**
 * Proof of work by ALTCHA, without anybody else's servers: whoever asks looks for a number whose hash begins with zeros. The
 * response is what its widget sends: `{challenge, solution}` as JSON in Base64.
 */
export const altchaChallenges = ({ secret, isFirst, clock, work }: AltchaPorts): Challenges => ({
  ask: async ({ what, address }: Challenged, difficulty) => {
    const { parameters } = await createChallenge({
      algorithm: ALGORITHM,
      ...termsFor(work * 2 ** Math.min(difficulty, MOST_STEPS)),
      deriveKey,
      data: { what, address },
      expiresAt: Math.ceil((clock.now() + SOLVED_WITHIN_MS) / 1_000),
    });
    // As the library signs, but here: it gives two jobs to other threads for each challenge, and bots are given thousands.
    return { parameters, signature: createHmac('sha256', secret).update(JSON.stringify(parameters)).digest('hex') };
  },
  isSolved: (response, about) => async () => {
    const given = read(response);
    if (given === null) return E.right(false);
    const { challenge, solution } = given;
    const { data, expiresAt, keyPrefix } = challenge.parameters;
    if (data.what !== about.what || data.address !== about.address) return E.right(false);
    if (clock.now() > expiresAt * 1_000) return E.right(false);
    if (!solution.derivedKey.startsWith(keyPrefix)) return E.right(false);
    const { verified } = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: secret });
    return E.right(verified && (await isFirst(`challenge/${challenge.signature}`)));
  },
});
