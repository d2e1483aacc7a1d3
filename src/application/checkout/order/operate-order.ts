import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { type OrderCommand } from '../../../domain/order/decider.js';
import { isPlaced, type PlacedOrder } from '../../../domain/order/order.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { failure } from '../../kernel/writer/load-decide-append.js';
import { type Clock } from '../../ports/clock.js';
import { type LoadOrder } from '../aggregates/load-order.js';
import { type HandleOrder } from '../aggregates/order-aggregate.js';
import { type HandleSaga } from '../aggregates/order-parking.js';
import { sealReason } from './cancel-reason.js';

export interface OrderOperation {
  readonly orderId: string;
  readonly reason: string;
  /** Default: its user. */
  readonly by?: 'USER' | 'OPERATOR';
  /** Which operator, if that is known. */
  readonly actor?: string;
  readonly correlationId: string;
}

export type OperateOrderError = {
  readonly code: 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN';
};

/** One step of the order's state machine; what it entails elsewhere follows. Repeating it changes nothing. */
export type OperateOrder = (operation: OrderOperation) => TE.TaskEither<OperateOrderError, PlacedOrder>;

export interface OperateOrderPorts {
  readonly handleOrder: HandleOrder;
  readonly clock: Clock;
  readonly awaitVisible: AwaitVisible;
}

const operate =
  ({ handleOrder, awaitVisible, clock }: OperateOrderPorts) =>
  (commandOf: (operation: OrderOperation, at: number) => OrderCommand): OperateOrder =>
  (operation) =>
  async () => {
    const handled = await handleOrder(commandOf(operation, clock.now()), operation.correlationId)();
    if (E.isRight(handled)) {
      await awaitVisible(handled.right.position, operation.orderId)();
      const { state } = handled.right;
      return isPlaced(state) ? E.right(state) : E.left({ code: 'ORDER_NOT_FOUND' });
    }
    if (handled.left.error !== 'Rejected') return E.left(failure(handled.left, {}));
    return E.left({
      code: handled.left.rejection === 'ORDER_NOT_FOUND' ? 'ORDER_NOT_FOUND' : 'INVALID_ORDER_STATE',
    });
  };

export interface CancelOrderPorts extends OperateOrderPorts {
  readonly handleSaga: HandleSaga;
  readonly personalData: PersonalData;
  readonly loadOrder: LoadOrder;
}

/** That decides about a parked order, too: it is released, so that what it took is given back. */
export const cancelOrder = (ports: CancelOrderPorts): OperateOrder => {
  const { handleSaga, clock } = ports;
  const seal = sealReason(ports);
  const cancel = operate(ports)(({ orderId, reason, by = 'USER' }, at) => ({
    type: 'CancelOrder',
    orderId,
    reason,
    by,
    at,
  }));
  const release = ({ orderId, reason, by, actor, correlationId }: OrderOperation, { placed }: PlacedOrder) => {
    const who = { actor: actor ?? (by === 'OPERATOR' ? by : placed.userId), reason, at: clock.now() };
    return handleSaga({ type: 'Release', orderId, how: 'COMPENSATED', ...who }, correlationId);
  };
  return (operation) =>
    F.pipe(
      seal(operation.orderId, operation.reason),
      TE.mapLeft((code): OperateOrderError => ({ code })),
      TE.map((reason) => ({ ...operation, reason })),
      TE.flatMap((sealed) =>
        F.pipe(
          cancel(sealed),
          TE.tap((order) =>
            F.pipe(
              release(sealed, order),
              TE.mapLeft((error) => failure(error, {})),
            ),
          ),
        ),
      ),
    );
};

export const shipOrder = (ports: OperateOrderPorts): OperateOrder =>
  operate(ports)(({ orderId }, at) => ({ type: 'ShipOrder', orderId, at }));

export const deliverOrder = (ports: OperateOrderPorts): OperateOrder =>
  operate(ports)(({ orderId }, at) => ({ type: 'DeliverOrder', orderId, at }));
