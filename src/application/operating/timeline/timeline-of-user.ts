import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { isOrderEvent } from '../../checkout/aggregates/order-aggregate.js';
import { openReason } from '../../checkout/order/cancel-reason.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { type Paged, type PageWanted } from '../../kernel/projection/live-reader.js';
import { type HappenedPorts, happenedTo } from './happened-to.js';
import { type Happening, type TimelineEntry, toEntry } from './timeline-entry.js';

/** Everything that happened to a user, from the queue to the delivery, in order, page by page. Empty for one nobody knows. */
export type TimelineOfUser = (request: PageWanted & { readonly userId: string }) => Paged<TimelineEntry>;

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
