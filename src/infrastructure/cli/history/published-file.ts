import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type SealKeyRecorded } from '../../../application/operating/history/seal.js';
import { CallFailed } from '../failures.js';

const time = z.iso.datetime().transform((text) => Date.parse(text));

const Published = z.object({
  keys: z
    .array(z.object({ kid: z.string(), x: z.string(), notBefore: time, notAfter: time }))
    .min(1)
    .transform((keys) =>
      keys.map(({ kid: keyId, x: publicKey, notBefore, notAfter }): SealKeyRecorded => ({
        type: 'SealKeyRecorded',
        keyId,
        publicKey,
        notBefore,
        notAfter,
      })),
    ),
  last: z.object({ seal: z.int(), digest: z.string() }).nullable().default(null),
});

/** What `/.well-known/doorbuster-seals` answered some day, kept by somebody who does not trust the shop. */
export type PublishedFile = z.infer<typeof Published>;

/** Throws CallFailed where the file is not such an answer. */
export const readPublished = (file: string): PublishedFile => {
  try {
    return Published.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CallFailed(
      `${file} is not what /.well-known/doorbuster-seals answers, with at least one key: ${reason}`,
      'NO_KEYS',
    );
  }
};
