import { type taskEither as TE } from 'fp-ts';
import { type Order } from '../../../domain/order/order.js';
import { type Payment } from '../../../domain/payment/payment.js';
import { type Loaded } from '../../kernel/writer/aggregate.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { orderAggregate, orderStream } from './order-aggregate.js';
import { paymentAggregate, paymentStream } from './payment-aggregate.js';

/** An order from its events: money is never decided on a view. */
export type LoadOrder = (orderId: string) => TE.TaskEither<'EventStoreUnavailable', Loaded<Order>>;
export type LoadPayment = (paymentId: string) => TE.TaskEither<'EventStoreUnavailable', Loaded<Payment>>;

export const loadOrder =
  (ports: LoadAggregatePorts): LoadOrder =>
  (orderId) =>
    readAggregate(ports)(orderAggregate, orderStream(orderId));

export const loadPayment =
  (ports: LoadAggregatePorts): LoadPayment =>
  (paymentId) =>
    readAggregate(ports)(paymentAggregate, paymentStream(paymentId));
