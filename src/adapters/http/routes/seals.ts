import { either as E } from 'fp-ts';
import { type FindPublishedSeals } from '../../../application/operating/history/published-seals.js';
import { json, problem } from '../answer.js';
import { tryAgain } from '../problems.js';
import { nothing, route, type Route } from '../route.js';
import { iso } from '../schemas/fields.js';
import { publishedSeals } from '../schemas/seal.js';

const CACHED = 'public, max-age=5';

export const sealsRoute = (useCases: { readonly publishedSeals: FindPublishedSeals }): Route =>
  route({
    method: 'get',
    access: 'public',
    path: '/.well-known/doorbuster-seals',
    tag: 'History',
    summary: 'The keys that receipts and seals are verified with, and the last seal',
    params: nothing,
    query: nothing,
    body: nothing,
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
