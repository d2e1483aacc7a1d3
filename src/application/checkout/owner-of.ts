import { either as E } from 'fp-ts';
import { type LoadAggregatePorts, readAggregate } from '../kernel/writer/load-aggregate.js';
import { isPlaced } from '../../domain/order/order.js';
import { type OwnerOf } from '../ports/owners.js';
import { orderAggregate, orderStream } from './aggregates/order-aggregate.js';
import { paymentAggregate, paymentStream } from './aggregates/payment-aggregate.js';

/** From the events, so that it is never behind. */
export const ownerOfOrder = (ports: LoadAggregatePorts): OwnerOf => {
  const load = readAggregate(ports);
  return (orderId) => async () => {
    const found = await load(orderAggregate, orderStream(orderId))();
    if (E.isLeft(found)) return E.left('Unavailable');
    const order = found.right.state;
    return E.right(isPlaced(order) ? order.placed.userId : null);
  };
};

/** The same of a payment: the user who prepared it. */
export const ownerOfPayment = (ports: LoadAggregatePorts): OwnerOf => {
  const load = readAggregate(ports);
  return (paymentId) => async () => {
    const found = await load(paymentAggregate, paymentStream(paymentId))();
    if (E.isLeft(found)) return E.left('Unavailable');
    const payment = found.right.state;
    return E.right(payment.status === 'Unknown' ? null : payment.prepared.userId);
  };
};
