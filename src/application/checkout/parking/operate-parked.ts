import { either as E, type taskEither as TE } from 'fp-ts';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { awaitCheckpoint } from '../../kernel/projection/await-checkpoint.js';
import { liveReader, type Paged, type PageWanted } from '../../kernel/projection/live-reader.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { failure } from '../../kernel/writer/load-decide-append.js';
import { type LoadOrder } from '../aggregates/load-order.js';
import { type HandleSaga, sagaAggregate, sagaStream } from '../aggregates/order-parking.js';
import { sealReason } from '../order/cancel-reason.js';
import { type OperateOrder } from '../order/operate-order.js';
import { type ParkedSaga, parkedSagasView } from './views/parked-sagas.js';
import { type Ports } from '../../ports/ports.js';
import { type ByOperator } from '../../kernel/by-operator.js';

export interface SagaOperation extends ByOperator {
  readonly orderId: string;
}

export type SagaOperationError = {
  readonly code: 'SAGA_NOT_FOUND' | 'INVALID_ORDER_STATE' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN';
};

/** Has a parked order gone on with; recorded with who and why. */
export type OperateSaga = (
  operation: SagaOperation,
) => TE.TaskEither<SagaOperationError, { readonly orderId: string; readonly how: 'REPLAYED' | 'COMPENSATED' }>;

export interface OperateSagasPorts extends LoadAggregatePorts, Pick<Ports, 'readModels' | 'clock'> {
  readonly handleSaga: HandleSaga;
  readonly cancelOrder: OperateOrder;
  readonly personalData: PersonalData;
  readonly loadOrder: LoadOrder;
}

/** Who looks at the list next should find it changed; the release itself stands all the same. */
const VISIBLE_WITHIN_MS = 2_000;

/** The orders that are parked, the longest first. */
export type ListSagas = (page: PageWanted) => Paged<ParkedSaga>;

export const listSagas = ({ readModels }: Pick<OperateSagasPorts, 'readModels'>): ListSagas => {
  const reader = liveReader(readModels);
  return (page) => reader.page(parkedSagasView, { index: 'all', key: 'all', ...page });
};

/** REPLAYED: it is tried again from where it stands. COMPENSATED: the order is cancelled, and everything it took is given back. */
export const releaseSaga =
  (ports: OperateSagasPorts, how: 'REPLAYED' | 'COMPENSATED'): OperateSaga =>
  ({ orderId, actor, reason, correlationId }) =>
  async () => {
    const saga = await readAggregate(ports)(sagaAggregate, sagaStream(orderId))();
    if (E.isLeft(saga)) return E.left({ code: 'UNAVAILABLE' });
    if (saga.right.state.status !== 'Parked') return E.left({ code: 'SAGA_NOT_FOUND' });
    if (how === 'COMPENSATED') {
      const cancelled = await ports.cancelOrder({ orderId, reason, by: 'OPERATOR', actor, correlationId })();
      if (E.isLeft(cancelled))
        return E.left({ code: cancelled.left.code === 'ORDER_NOT_FOUND' ? 'SAGA_NOT_FOUND' : cancelled.left.code });
    }
    // In somebody's own words: it may name the person whose order it is.
    const why = await sealReason(ports)(orderId, reason)();
    if (E.isLeft(why)) return E.left({ code: 'UNAVAILABLE' });
    const command = { type: 'Release', orderId, how, actor, reason: why.right, at: ports.clock.now() } as const;
    const released = await ports.handleSaga(command, correlationId)();
    if (E.isLeft(released)) return E.left(failure(released.left, {}));
    const { position } = released.right;
    await awaitCheckpoint(ports)({ view: parkedSagasView, position, waitMs: VISIBLE_WITHIN_MS })();
    return E.right({ orderId, how });
  };
