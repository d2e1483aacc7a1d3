import { either as E, type taskEither as TE } from 'fp-ts';
import { type ChallengePolicy, noChallenge } from '../../../domain/challenge-policy.js';
import { type SalePolicy } from '../../../domain/sale-policy.js';
import { type CreateProduct as Command, createProduct as decide } from '../../../domain/stock/create-product.js';
import { type ProductCreated } from '../../../domain/stock/events.js';
import { evolve } from '../../../domain/stock/evolve.js';
import { noLimits, type PurchaseLimits } from '../../../domain/stock/purchase-limits.js';
import { unknownStock } from '../../../domain/stock/stock.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { begunWith } from '../../kernel/writer/begun-with.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { failure } from '../../kernel/writer/load-decide-append.js';
import { type Clock } from '../../ports/clock.js';
import { stockAggregate, stockStream } from '../aggregates/stock-aggregate.js';

export interface ProductToCreate extends Omit<
  Command,
  'type' | 'productId' | 'policy' | 'limits' | 'challenge' | 'at'
> {
  /** The operator's own, if there is one. */
  readonly productId?: string;
  /** What it does not say is as the shop does by default. */
  readonly policy?: Partial<SalePolicy>;
  readonly limits?: Partial<PurchaseLimits>;
  /** Absent: never. */
  readonly challenge?: ChallengePolicy;
  readonly correlationId: string;
}

export type CreateProductError =
  | { readonly code: 'PRODUCT_EXISTS' | 'UNAVAILABLE' }
  /** It may have been created: ask for `productId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly productId: string };

export interface CreateProductPorts extends CommandHandlerPorts {
  readonly clock: Clock;
  readonly awaitVisible: AwaitVisible;
  /** What the shop does where a product does not say. */
  readonly policy: SalePolicy;
}

/** A new product with its first stock, answered with its id; repeated, as the first time. Queries usually see it by then. */
export type CreateProduct = (
  product: ProductToCreate,
) => TE.TaskEither<CreateProductError, { readonly productId: string; readonly policy: SalePolicy }>;

export const createProduct = (ports: CreateProductPorts): CreateProduct => {
  const decider = { initial: unknownStock, evolve, decide };
  const handle = commandHandler(ports)(decider, stockAggregate, ({ productId }: Command) => stockStream(productId));
  return ({
      productId = ports.ids.next(),
      policy: { latePayment, soldOut, cancel } = {},
      limits = {},
      challenge = noChallenge,
      correlationId,
      ...terms
    }) =>
    async () => {
      const policy: SalePolicy = {
        latePayment: latePayment ?? ports.policy.latePayment,
        soldOut: soldOut ?? ports.policy.soldOut,
        cancel: cancel ?? ports.policy.cancel,
      };
      const command: Command = {
        type: 'CreateProduct',
        productId,
        ...terms,
        policy,
        limits: { ...noLimits, ...limits },
        challenge,
        at: ports.clock.now(),
      };
      const created = await handle(command, correlationId)();
      if (E.isRight(created)) {
        await ports.awaitVisible(created.right.position, productId)();
        return E.right({ productId, policy });
      }
      const failed = failure(created.left, { productId });
      if (failed.code !== 'PRODUCT_EXISTS') return E.left(failed);
      const event: ProductCreated = { ...command, type: 'ProductCreated' };
      const before = await begunWith(ports.eventStore)(stockStream(productId), event)();
      if (E.isLeft(before)) return E.left({ code: 'UNAVAILABLE' });
      if (before.right === null) return E.left(failed);
      await ports.awaitVisible(before.right, productId)();
      return E.right({ productId, policy });
    };
};
