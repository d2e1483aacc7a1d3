import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { openReason } from '../../checkout/order/cancel-reason.js';
import { isOrderEvent } from '../../checkout/aggregates/order-aggregate.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { type LivePage } from '../../kernel/projection/live-reader.js';
import { happenedTo, type HappenedPorts } from './happened-to.js';
import { type Happening } from './happening.js';
import { type TimelineEntry, toEntry } from './timeline-entry.js';

/** In the order in which it happened. */
export type TimelinePage = LivePage<TimelineEntry>;

/** 'INVALID_CURSOR': it is of no page before. */
export type TimelineError = { readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' };

/** Everything that happened to a user, from the queue to the delivery, page by page. Empty for one nobody knows. */
export type TimelineOfUser = (request: {
  readonly userId: string;
  readonly limit: number;
  readonly cursor?: string;
}) => TE.TaskEither<TimelineError, TimelinePage>;

/** A cursor is the position of the first entry of the next page. */
const POSITION = /^\d{1,16}$/;

export interface TimelinePorts extends HappenedPorts {
  readonly personalData: PersonalData;
}

export const timelineOfUser = ({ personalData, ...ports }: TimelinePorts): TimelineOfUser => {
  const happened = happenedTo(ports);
  const open = openReason(personalData);
  /** The cancelling of an order is the only event here with a sealed text. */
  const opened = ({ event, ...rest }: Happening): TE.TaskEither<'PersonalDataUnavailable', Happening> =>
    isOrderEvent(event) && event.type === 'OrderCancelled'
      ? F.pipe(
          open(event.userId, event.orderId, event.reason),
          TE.map((reason) => ({ ...rest, event: { ...event, reason } })),
        )
      : TE.right({ event, ...rest });
  return ({ userId, limit, cursor }) =>
    async () => {
      if (cursor !== undefined && !POSITION.test(cursor)) return E.left({ code: 'INVALID_CURSOR' });
      const from = cursor === undefined ? 0 : Number(cursor);
      const found = await happened({ userId, from, limit })();
      if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
      const { happenings, next } = found.right;
      const readable = await TE.traverseArray(opened)(happenings)();
      if (E.isLeft(readable)) return E.left({ code: 'UNAVAILABLE' });
      return E.right({ items: readable.right.map(toEntry), nextCursor: next === null ? null : String(next) });
    };
};
