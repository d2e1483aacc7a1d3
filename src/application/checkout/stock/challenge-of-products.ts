import { either as E, option as O } from 'fp-ts';
import { type ChallengePolicy, noChallenge } from '../../../domain/challenge-policy.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type ReadModels } from '../../ports/read-models.js';
import { productsView } from './views/products.js';

export interface ProductChallenge {
  readonly productId: string;
  readonly policy: ChallengePolicy;
}

/** The product whose challenge is the strictest; null where none has one, nor where it cannot be told now: then nothing is sold either. */
export type ChallengeOfProducts = (productIds: ReadonlyArray<string>) => Promise<ProductChallenge | null>;

export const challengeOfProducts = ({ readModels }: { readonly readModels: ReadModels }): ChallengeOfProducts => {
  const reader = liveReader(readModels);
  return async (productIds) => {
    const found = await reader.getMany(productsView, productIds)();
    if (E.isLeft(found)) return null;
    const challenged = found.right.flatMap((product) =>
      O.isSome(product) && product.value.challenge !== noChallenge
        ? [{ productId: product.value.productId, policy: product.value.challenge }]
        : [],
    );
    return challenged.find(({ policy }) => policy === 'ALWAYS') ?? challenged[0] ?? null;
  };
};
