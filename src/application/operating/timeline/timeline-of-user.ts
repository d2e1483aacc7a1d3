import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { openReason } from '../../checkout/order/cancel-reason.js';
import { isOrderEvent } from '../../checkout/aggregates/order-aggregate.js';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type Happening } from './happening.js';
import { type TimelineEntry, toEntry } from './timeline-entry.js';
import { type TimelinePiece, timelinesView } from './timelines.js';

export interface TimelinePage {
  /** In the order in which it happened. */
  readonly items: ReadonlyArray<TimelineEntry>;
  readonly nextCursor: string | null;
}

/** 'INVALID_CURSOR': it is of no page before. */
export type TimelineError = { readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' };

/** Everything that happened to a user, from the queue to the delivery, page by page. Empty for one nobody knows. */
export type TimelineOfUser = (request: {
  readonly userId: string;
  readonly limit: number;
  readonly cursor?: string;
}) => TE.TaskEither<TimelineError, TimelinePage>;

/** A cursor is the position of the last entry seen. */
const POSITION = /^\d{1,16}$/;

/**
 * A piece is found once for each of its events on the page, so the page is the first so many of all events from there on
 * of the pieces found: those it lacks come later than what it has.
 */
const firstOf = (
  pieces: ReadonlyArray<TimelinePiece>,
  from: number,
): { readonly happenings: ReadonlyArray<Happening>; readonly last: number } => {
  const found = new Map<number, Happening>();
  for (const piece of pieces)
    for (const happening of piece.happenings) if (happening.position >= from) found.set(happening.position, happening);
  const happenings = [...found.values()].sort((one, other) => one.position - other.position).slice(0, pieces.length);
  return { happenings, last: happenings.at(-1)?.position ?? from };
};

export interface TimelinePorts {
  readonly readModels: ReadModels;
  readonly personalData: PersonalData;
}

export const timelineOfUser = ({ readModels, personalData }: TimelinePorts): TimelineOfUser => {
  const reader = liveReader(readModels);
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
      const from = cursor === undefined ? 0 : Number(cursor) + 1;
      const found = await reader.query(timelinesView, { index: 'by-user', key: userId, limit, from })();
      if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
      const { happenings, last } = firstOf(found.right.items, from);
      const readable = await TE.traverseArray(opened)(happenings)();
      if (E.isLeft(readable)) return E.left({ code: 'UNAVAILABLE' });
      return E.right({
        items: readable.right.map(toEntry),
        nextCursor: found.right.nextCursor === null ? null : String(last),
      });
    };
};
