import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { noChallenge } from '../../../domain/challenge-policy.js';
import { recentPolicy, type Scarce } from '../../kernel/challenge/recent-policy.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Clock } from '../../ports/clock.js';
import { type ReadModels } from '../../ports/read-models.js';
import { productsView } from './views/products.js';

/** The challenge that a user who orders these must solve, that of the product with the strictest policy; null for none. */
export type ChallengeOfProducts = (productIds: ReadonlyArray<string>) => Promise<Scarce | null>;

export interface ChallengeOfProductsPorts {
  readonly readModels: ReadModels;
  readonly clock: Pick<Clock, 'elapsed' | 'wakeIn'>;
}

export const challengeOfProducts = ({ readModels, clock }: ChallengeOfProductsPorts): ChallengeOfProducts => {
  const reader = liveReader(readModels);
  const policyOf = recentPolicy(
    (productId) => F.pipe(reader.get(productsView, productId), TE.map(O.map(({ challenge }) => challenge))),
    clock,
  );
  return async (productIds) => {
    const challenged: Scarce[] = [];
    for (const productId of productIds) {
      const policy = await policyOf(productId);
      if (policy !== noChallenge) challenged.push({ what: `product/${productId}`, policy });
    }
    return challenged.find(({ policy }) => policy === 'ALWAYS') ?? challenged[0] ?? null;
  };
};
