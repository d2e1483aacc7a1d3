import { z } from 'zod';
import { noChallenge } from '../../../../domain/challenge-policy.js';
import { defaultPolicy } from '../../../../domain/sale-policy.js';
import { noLimits } from '../../../../domain/stock/purchase-limits.js';
import { challengePolicy } from '../../../kernel/challenge/challenge-policy.js';
import { oldVersion } from '../../../kernel/events/event-schemas.js';
import { purchaseLimits, salePolicy } from '../terms.js';

/** Written before there was a choice: the shop behaved as it does by default now. */
export const productCreated1 = oldVersion(
  z.object({
    productId: z.string(),
    name: z.string(),
    price: z.number(),
    stock: z.number(),
    eventId: z.string().nullable(),
    policy: salePolicy.exactOptional(),
    limits: purchaseLimits.exactOptional(),
    challenge: challengePolicy.exactOptional(),
    at: z.number(),
  }),
  (old) => ({
    ...old,
    policy: old.policy ?? defaultPolicy,
    limits: old.limits ?? noLimits,
    challenge: old.challenge ?? noChallenge,
  }),
);
