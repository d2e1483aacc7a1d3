import { either as E, option as O } from 'fp-ts';
import { stockRequestId, toStockMessage } from '../../src/application/checkout/stock/stock-messages.js';
import { STOCK_REQUESTS } from '../../src/application/kernel/messaging/topics.js';
import { type EventStore } from '../../src/application/ports/event-store.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type Deployment, type RunningMember } from '../support/world/deployment.js';
import { type Client } from '../support/world/errands.js';
import { type Plan } from './people.js';
import { endedOrders } from './promises.js';

const HOUR = 3_600_000;

const append = async (store: EventStore, streamId: string, event: { readonly type: string }): Promise<void> => {
  const end = await store.lastRevision(streamId)();
  if (E.isRight(end))
    await store.append(streamId, end.right, [{ id: `harm-${streamId}`, event, metadata: { correlationId: 'harm' } }])();
};

/**
 * What a bug, an older version or somebody's hand may have left behind: goods held for an order that was never placed, points and a place
 * at the gate for what is over or nowhere, a gate ahead of its events, a view without one of its documents.
 */
export const harm = async (
  deployment: Deployment,
  { insist }: Client,
  { container, member }: RunningMember,
  { couponIds, productIds }: Plan,
): Promise<void> => {
  const at = member.clock.now() - HOUR;
  const gate = container.get(Tokens.Gate);
  for (const couponId of couponIds) {
    const nobody = { couponId, userId: 'nobody', requestId: 'lost' };
    await gate.reserve({ ...nobody, at })();
    const known = await gate.inspect(couponId)();
    if (E.isRight(known) && O.isSome(known.right))
      await gate.apply([{ change: 'Issued', ...nobody, revision: known.right.value.revision + 1 }])();
  }
  for (const productId of productIds) {
    const orderId = 'never-placed';
    const hold = { productId, orderId, quantity: 1, expiresAt: at + 2 * HOUR, again: false };
    const traced = { requestId: stockRequestId(orderId, 'harm'), correlationId: 'harm', at };
    await container
      .get(Tokens.MessageLog)
      .publish(STOCK_REQUESTS, toStockMessage({ eventType: 'STOCK_RESERVE', ...hold }, traced))();
  }
  for (const [orderId, { end, points, userId }] of endedOrders(deployment)) {
    if (end !== 'over' || points === 0) continue;
    await insist(3, (calls) => calls.chargePoints({ userId, amount: 1, chargeId: 'harm', correlationId: 'harm' }));
    const use = { type: 'PointsReserved', userId, orderId, amount: 1, expiresAt: at, at };
    await append(container.get(Tokens.EventStore), `points-${userId}`, use);
  }
  deployment.spoil();
};
