import { noChallenge } from '../../src/domain/challenge-policy.js';
import { defaultPolicy } from '../../src/domain/sale-policy.js';
import { noLimits } from '../../src/domain/stock/purchase-limits.js';

/** What a product is sold under where its shop says nothing. */
export const ordinaryTerms = { policy: defaultPolicy, limits: noLimits, challenge: noChallenge };
