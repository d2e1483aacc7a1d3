import { either as E, type taskEither as TE } from 'fp-ts';
import { type CreateProduct as Command, createProduct as decide } from '../../domain/stock/create-product.js';
import { evolve, unknownStock } from '../../domain/stock/stock.js';
import { commandHandler, type CommandHandlerPorts } from '../handling/command-handler.js';
import { type Clock } from '../ports/clock.js';
import { type AwaitVisible } from '../projecting/await-visible.js';
import { stockAggregate, stockStream } from './stock-aggregate.js';

export interface ProductToCreate extends Omit<Command, 'type' | 'productId' | 'at'> {
  /** The operator's own, if there is one. */
  readonly productId?: string;
  readonly correlationId: string;
}

export type CreateProductError =
  | { readonly code: 'PRODUCT_EXISTS' | 'UNAVAILABLE' }
  /** It may have been created: ask for `productId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly productId: string };

export interface CreateProductPorts extends CommandHandlerPorts {
  readonly clock: Clock;
  readonly awaitVisible: AwaitVisible;
}

/** A new product with its first stock, answered with its id. Queries usually see it by then. */
export type CreateProduct = (
  product: ProductToCreate,
) => TE.TaskEither<CreateProductError, { readonly productId: string }>;

export const createProduct = (ports: CreateProductPorts): CreateProduct => {
  const decider = { initial: unknownStock, evolve, decide };
  const handle = commandHandler(ports)(decider, stockAggregate, ({ productId }: Command) => stockStream(productId));
  return ({ productId = ports.ids.next(), correlationId, ...terms }) =>
    async () => {
      const command: Command = { type: 'CreateProduct', productId, ...terms, at: ports.clock.now() };
      const created = await handle(command, correlationId)();
      if (E.isRight(created)) {
        await ports.awaitVisible(created.right.position)();
        return E.right({ productId });
      }
      switch (created.left.error) {
        case 'Rejected':
          return E.left({ code: created.left.rejection });
        case 'AppendOutcomeUnknown':
          return E.left({ code: 'OUTCOME_UNKNOWN', productId });
        case 'Contended':
        case 'EventStoreUnavailable':
          return E.left({ code: 'UNAVAILABLE' });
      }
    };
};
