import { function as F, taskEither as TE } from 'fp-ts';
import { type IssueReceipt } from '../../kernel/history/issue-receipts.js';
import { type CreateOrder } from './create-order.js';

export interface GiveReceiptPorts {
  readonly issueReceipt: IssueReceipt;
}

/** Gives a receipt for a placed order: the same one when the call is repeated, as long as the same key signs. */
export const giveReceipt =
  ({ issueReceipt }: GiveReceiptPorts) =>
  (createOrder: CreateOrder): CreateOrder =>
  (wish) =>
    F.pipe(
      createOrder(wish),
      TE.chainTaskK((order) => async () => {
        const { orderId, total, placedAt: at } = order;
        const promised = { orderId, userId: wish.userId, total, at };
        const receipt = await issueReceipt({ accepted: 'ORDER', ...promised });
        return { ...order, ...(receipt !== null && { receipt }) };
      }),
    );
