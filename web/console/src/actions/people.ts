import { answerOf } from '../../../../packages/client/src/index.js';
import { api } from '../api/client.js';
import { you } from '../live/state.js';
import { shown } from '../text/format.js';
import { t, words } from '../text/index.js';
import { mayBeCancelled, ordersIn } from '../views/people/orders-in.js';
import { type Action } from './action.js';

/** Why an order cannot be cancelled any more, as it stands now; null where it can. */
const orderOver = async (userId: string, orderId: string): Promise<string | null> => {
  const params = { path: { userId }, query: { limit: 100 } };
  const now = await answerOf(api.GET('/admin/users/{userId}/timeline', { params }));
  const order = now.ok ? ordersIn(now.value.items).get(orderId) : undefined;
  if (order === undefined || mayBeCancelled(order)) return null;
  return t('trouble.orderOver', { what: words('what', order.by) });
};

export const cancelOrder = (userId: string, orderId: string, isPaid: boolean): Action => ({
  title: 'do.cancelOrder',
  subject: orderId,
  verb: 'do.cancelOrder',
  isGrave: true,
  reasonHint: 'do.reason.customer',
  tooLate: () => orderOver(userId, orderId),
  fields: [],
  effects: () => [
    { what: t('effect.goods'), after: t('effect.goBack') },
    { what: t('effect.money'), after: t(isPaid ? 'effect.refunded' : 'effect.nothingPaid') },
    { what: t('effect.forGood'), after: t('effect.orderEnds'), tone: 'bad' },
  ],
  request: (_, reason, once) =>
    answerOf(api.POST('/admin/orders/{orderId}/cancel', { params: { path: { orderId } }, body: { reason }, ...once })),
});

export const releaseOrder = (
  verb: 'replay' | 'compensate',
  { orderId, step, attempts }: { readonly orderId: string; readonly step: string; readonly attempts: number },
): Action => ({
  title: verb === 'replay' ? 'do.replayOrder' : 'do.compensateOrder',
  subject: orderId,
  verb: verb === 'replay' ? 'do.replay' : 'do.compensate',
  isGrave: verb === 'compensate',
  ...(verb === 'compensate' && { reasonHint: 'do.reason.customer' as const }),
  fields: [],
  effects: () => [
    { what: t('repair.step'), after: step },
    { what: t('repair.attempts'), after: shown(attempts) },
    { what: t('effect.then'), after: t(verb === 'replay' ? 'effect.triedAgain' : 'effect.allGivenBack') },
  ],
  request: (_, reason, once) =>
    answerOf(api.POST(`/admin/sagas/{orderId}/${verb}`, { params: { path: { orderId } }, body: { reason }, ...once })),
});

/** `happened` counts the events that were read; there may be more. */
export const eraseUser = (userId: string, happened: number, isAll: boolean): Action => ({
  title: 'do.erase',
  subject: userId,
  verb: 'do.erase',
  isGrave: true,
  fields: [],
  effects: () => [
    { what: t('effect.addresses'), after: t('effect.unreadable'), tone: 'bad' },
    { what: t('effect.kept'), after: t('effect.events', { n: `${shown(happened)}${isAll ? '' : '+'}` }) },
    { what: t('effect.forGood'), after: t('effect.keyGone'), tone: 'bad' },
  ],
  request: (_, reason) => {
    const params = { path: { userId }, query: { reason, actor: you.value?.name } };
    return answerOf(api.DELETE('/admin/users/{userId}/personal-data', { params }));
  },
});
