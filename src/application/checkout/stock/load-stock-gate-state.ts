import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { type KnownStock } from '../../../domain/stock/stock.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { type LoadStockGateState } from '../../ports/stock-gate.js';
import { stockAggregate, stockStream } from '../aggregates/stock-aggregate.js';

function* holdsOf({ claims }: KnownStock): Generator<readonly [string, number]> {
  for (const [orderId, claim] of claims) if (claim.status === 'Held') yield [orderId, claim.quantity];
}

/** What a gate needs to know of a product, from its snapshot and events. */
export const loadStockGateState =
  (ports: LoadAggregatePorts): LoadStockGateState =>
  (productId) =>
    F.pipe(
      readAggregate(ports)(stockAggregate, stockStream(productId)),
      TE.map(({ state, revision }) =>
        state.status === 'Unknown'
          ? O.none
          : O.some({ productId, revision, onHand: state.onHand, holds: holdsOf(state) }),
      ),
    );
