import { either as E } from 'fp-ts';
import { type FindPublishedSeals } from '../../../application/operating/history/published-seals.js';
import { json, problem } from '../answer.js';
import { tryAgain } from '../problems.js';
import { route, type Route } from '../route.js';
import { iso, timeOut, named } from '../schemas/fields.js';
import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const seal = named('Seal', {
  from: z.int().describe('Position of the first event sealed, in the store where it was sealed.'),
  to: z.int(),
  count: z.int(),
  root: digest,
  previous: digest.describe('Digest of the seal before it; 64 zeros for the first.'),
  at: z.int().describe('Epoch milliseconds.'),
  keyId: z.string(),
  signature: z.string(),
});

const publishedSeals = named('PublishedSeals', {
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
      x: z.string(),
      notBefore: timeOut,
      notAfter: timeOut.describe('It signs nothing from then on; it stays published.'),
    }),
  ),
  sealing: z.object({ events: z.int(), withinSeconds: z.int() }),
  last: z.object({ seal: z.int(), digest, sealed: seal }).nullable(),
});

const CACHED = 'public, max-age=5';

export const sealsRoute = (useCases: { readonly publishedSeals: FindPublishedSeals }): Route =>
  route({
    method: 'get',
    access: 'public',
    path: '/.well-known/doorbuster-seals',
    tag: 'History',
    summary: 'The keys that receipts and seals are verified with, and the last seal',
    answers: { 200: { description: 'All keys that ever signed, and the next one', schema: publishedSeals } },
    problems: ['UNAVAILABLE'],
    handle: async (_, { language }) => {
      const found = await useCases.publishedSeals()();
      if (E.isLeft(found)) return problem(tryAgain('UNAVAILABLE'), language);
      const keys = found.right.keys.map(({ keyId: kid, publicKey: x, notBefore, notAfter }) => {
        const key = { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' };
        return { kid, ...key, x, notBefore: iso(notBefore), notAfter: iso(notAfter) };
      });
      return json(200, { ...found.right, keys }, { 'Cache-Control': CACHED });
    },
  });
