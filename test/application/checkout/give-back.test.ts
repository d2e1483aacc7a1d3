import { taskEither as TE } from 'fp-ts';
import { goodsActions } from '../../../src/application/checkout/drive/goods.js';
import { type AskStock, type Told } from '../../../src/application/checkout/stock/ask-stock.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { evolve, type Order, unknownOrder } from '../../../src/domain/order/order.js';
import { cancelled, created, ofOrder, paid, terms } from '../../support/checkout/lamp-order.js';
import { wallClock } from '../../support/in-memory/quiet.js';

const [productId, orderId] = ['lamp', 'o1'];
const after = (...events: ReadonlyArray<OrderEvent>): Order => events.reduce(evolve, unknownOrder);

const placing: OrderEvent = { type: 'OrderPlacingStarted', ...terms, attempt: 2 };
const notPlaced: OrderEvent = { type: 'OrderNotPlaced', ...ofOrder, attempt: 2, refusals: [] };
const expired: OrderEvent = { type: 'OrderExpired', ...ofOrder };
const refused = (paymentId: string): OrderEvent => ({
  type: 'OrderPaymentRefused',
  ...ofOrder,
  paymentId,
  reason: 'ORDER_CANNOT_BE_PAID',
});

const ofPlacing = { eventType: 'STOCK_RESTORE_HOLDS', productId, orderIds: [orderId] };
const rollBack = (takenBy: string) => ({
  ...{ eventType: 'STOCK_RELEASE', productId, orderId, reason: 'ROLLED_BACK' },
  takenBy,
});

const toldOf = async (order: Order): Promise<ReadonlyArray<Told>> => {
  const told: Told[] = [];
  const never = () => TE.left({ code: 'UNAVAILABLE' as const });
  const tell: AskStock['tell'] = (request) => TE.fromIO(() => void told.push(request));
  const { giveBack } = goodsActions({
    stock: { reserve: never, extend: never, deduct: never, tell },
    clock: wallClock,
  });
  expect(await giveBack(terms, productId, order, 'trace')).toMatchObject({ _tag: 'Right' });
  return told;
};

test.each<[string, Order, ReadonlyArray<object>]>([
  ['could not be placed: what this attempt took', after(placing, notPlaced), [rollBack('placing-2')]],
  ['ran out: what it took when it was placed', after(created, expired), [ofPlacing]],
  [
    'ran out and refused two late payments: also what the last of them took, not what the next may',
    after(created, expired, refused('p1'), refused('p2')),
    [ofPlacing, rollBack('paying-2')],
  ],
  ['was cancelled: what it took when it was placed', after(created, paid, cancelled), [ofPlacing]],
  [
    'was paid late and cancelled then: whatever it has',
    after(created, expired, paid, cancelled),
    [{ eventType: 'STOCK_RESTORE', productId, orderId }],
  ],
])('an order gives back when it %s', async (_, order, told) => {
  expect(await toldOf(order)).toStrictEqual(told);
});
