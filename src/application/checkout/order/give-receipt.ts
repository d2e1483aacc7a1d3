import { function as F, taskEither as TE } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type IssueReceipt } from '../../ports/receipts.js';
import { type CreateOrder } from './create-order.js';

export interface GiveReceiptPorts {
  readonly issueReceipt: IssueReceipt;
  readonly clock: Pick<Clock, 'now'>;
}

/** Whoever has placed an order is given a receipt for it. */
export const giveReceipt =
  ({ issueReceipt, clock }: GiveReceiptPorts) =>
  (createOrder: CreateOrder): CreateOrder =>
  (wish) =>
    F.pipe(
      createOrder(wish),
      TE.chainTaskK((order) => async () => {
        const { orderId, total } = order;
        const promised = { orderId, userId: wish.userId, total, at: clock.now() };
        const receipt = await issueReceipt({ accepted: 'ORDER', ...promised });
        return { ...order, ...(receipt !== null && { receipt }) };
      }),
    );
