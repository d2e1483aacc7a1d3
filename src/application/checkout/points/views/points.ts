import { z } from 'zod';
import { type PointsEvent } from '../../../../domain/points/events.js';
import { type View } from '../../../kernel/projection/view.js';
import { isPointsEvent, POINTS_STREAMS } from '../../aggregates/points-aggregate.js';

const pointsDocument = z.object({
  userId: z.string(),
  balance: z.number(),
  reserved: z.number(),
});

/** A user's points: what is theirs, and what of it is set aside for unpaid orders. Smallest unit of the currency. */
export type PointsDocument = z.infer<typeof pointsDocument>;

const apply = (points: PointsDocument, event: PointsEvent): PointsDocument => {
  const { balance, reserved } = points;
  switch (event.type) {
    case 'PointsCharged':
    case 'PointsRefunded':
      return { ...points, balance: balance + event.amount };
    case 'PointsReserved':
      return { ...points, reserved: reserved + event.amount };
    case 'PointsReservationShared':
    case 'PointsUseEnded':
      return points;
    case 'PointsReleased':
      return { ...points, reserved: reserved - event.amount };
    case 'PointsDeducted':
      return { ...points, balance: balance - event.amount, reserved: reserved - event.amount };
  }
};

/** By userId. */
export const pointsView: View<PointsDocument> = {
  name: 'points',
  version: 1,
  schema: pointsDocument,
  streamPrefixes: [POINTS_STREAMS],
  documentIds: ({ event }) => (isPointsEvent(event) ? [event.userId] : []),
  fold: (points, { event }) =>
    isPointsEvent(event) ? apply(points ?? { userId: event.userId, balance: 0, reserved: 0 }, event) : points,
  entries: () => [],
};
