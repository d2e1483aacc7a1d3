import { function as F, taskEither as TE } from 'fp-ts';
import { type Order } from '../../../domain/order/order.js';
import { type Payment } from '../../../domain/payment/payment.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { orderAggregate, orderStream } from '../order/order-aggregate.js';
import { paymentAggregate, paymentStream } from './payment-aggregate.js';

/** The truth about an order and about a payment, from their events: money is never decided on a view. */
export interface Books {
  readonly order: (orderId: string) => TE.TaskEither<'EventStoreUnavailable', Order>;
  readonly payment: (paymentId: string) => TE.TaskEither<'EventStoreUnavailable', Payment>;
}

export const books = (ports: LoadAggregatePorts): Books => {
  const load = readAggregate(ports);
  return {
    order: (orderId) =>
      F.pipe(
        load(orderAggregate, orderStream(orderId)),
        TE.map(({ state }) => state),
      ),
    payment: (paymentId) =>
      F.pipe(
        load(paymentAggregate, paymentStream(paymentId)),
        TE.map(({ state }) => state),
      ),
  };
};
