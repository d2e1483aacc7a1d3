import { z } from 'zod';
import { timeOut } from './fields.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const seal = z
  .object({
    from: z.int().meta({ description: 'Position of the first event sealed, in the store where it was sealed.' }),
    to: z.int(),
    count: z.int(),
    root: digest,
    previous: digest.meta({ description: 'Digest of the seal before it; 64 zeros for the first.' }),
    at: z.int().meta({ description: 'Epoch milliseconds.' }),
    keyId: z.string(),
    signature: z.string(),
  })
  .meta({ id: 'Seal' });

export const publishedSeals = z
  .object({
    keys: z.array(
      z.object({
        kid: z.string(),
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
        x: z.string(),
        notBefore: timeOut,
        notAfter: timeOut.meta({ description: 'It signs nothing from then on; it stays published.' }),
      }),
    ),
    sealing: z.object({ events: z.int(), withinSeconds: z.int() }),
    last: z.object({ seal: z.int(), digest, sealed: seal }).nullable(),
  })
  .meta({ id: 'PublishedSeals' });
