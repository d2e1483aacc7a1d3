import { z } from 'zod';
import { type View } from '../../../kernel/projection/view.js';
import { isSagaEvent, SAGA_STREAMS } from '../../aggregates/order-parking.js';

const parkedSaga = z.object({
  orderId: z.string(),
  step: z.string(),
  reason: z.string(),
  attempts: z.number(),
  /** Epoch milliseconds. */
  parkedAt: z.number(),
});

/** An order nothing more is done for until an operator has decided. */
export type ParkedSaga = z.infer<typeof parkedSaga>;

/** By orderId; index `all` in the order in which they were parked. */
export const parkedSagasView: View<ParkedSaga> = {
  name: 'parked-sagas',
  version: 1,
  schema: parkedSaga,
  streamPrefixes: [SAGA_STREAMS],
  documentIds: ({ event }) => (isSagaEvent(event) ? [event.orderId] : []),
  fold: (known, { event }) => {
    if (!isSagaEvent(event)) return known;
    if (event.type === 'SagaReleased') return null;
    const { orderId, step, reason, attempts, at: parkedAt } = event;
    return { orderId, step, reason, attempts, parkedAt };
  },
  entries: ({ parkedAt }) => [{ index: 'all', key: 'all', sort: parkedAt }],
};
