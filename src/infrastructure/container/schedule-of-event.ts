import { taskEither as TE } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { isStockEvent, stockStream } from '../../application/checkout/aggregates/stock-aggregate.js';
import { type EventOfProduct } from '../../application/checkout/stock/events-of-lines.js';
import { couponStream, isCouponEvent } from '../../application/coupon/coupon-aggregate.js';
import { type EventOfCoupon } from '../../application/coupon/request-gated-coupon.js';
import { answering, orInterrupt } from '../../application/kernel/projection/interrupted.js';
import { type EventBody, type EventStore } from '../../application/ports/event-store.js';
import { eventStream, isSaleEvent } from '../../application/shop-event/sale-aggregate.js';
import { type ScheduleOfEvent } from '../../application/waiting-room/require-active.js';

const MOST = 10_000;

type FirstEvents = Pick<EventStore, 'readStream'>;

interface Said {
  readonly tiedTo: string | null;
}

/**
 * What the first event of a stream says, which it says for ever; null while there is no such stream, and then it is read every
 * time. All who ask at the same time share one read: when a sale opens, thousands ask for what nobody has asked for before.
 */
const said = (
  eventStore: FirstEvents,
  streamOf: (id: string) => string,
  read: (event: EventBody) => string | null,
): ((id: string) => TE.TaskEither<'Unavailable', string | null>) => {
  const known = new LRUCache<string, Said>({
    // By size, not by number: `max` would allocate all of its room at once, and most of them stay nearly empty.
    maxSize: MOST,
    sizeCalculation: () => 1,
    fetchMethod: async (id) => {
      const [created] = await orInterrupt(eventStore.readStream(streamOf(id), 0, 1));
      return created && { tiedTo: read(created.event) };
    },
  });
  const look = async (id: string): Promise<Said | undefined> => {
    const status: LRUCache.Status<string, Said> = {};
    const found = await known.fetch(id, { status });
    // A read that was under way already may have looked before the stream was begun.
    return found ?? (status.fetch === 'inflight' ? known.fetch(id) : undefined);
  };
  return (id) =>
    TE.mapLeft(() => 'Unavailable' as const)(
      answering(async () => (known.get(id) ?? (await look(id)))?.tiedTo ?? null),
    );
};

/** The waiting room of an event: it is scheduled with one or without, for ever. */
export const scheduleOfEvent = (eventStore: FirstEvents): ScheduleOfEvent =>
  said(eventStore, eventStream, (event) =>
    isSaleEvent(event) && event.type === 'EventScheduled' ? event.scheduleId : null,
  );

/** The event of a coupon: it is created with one or without, for ever. */
export const eventOfCoupon = (eventStore: FirstEvents): EventOfCoupon =>
  said(eventStore, couponStream, (event) =>
    isCouponEvent(event) && event.type === 'CouponCreated' ? event.eventId : null,
  );

/** The event of a product: it is created with one or without, for ever. */
export const eventOfProduct = (eventStore: FirstEvents): EventOfProduct =>
  said(eventStore, stockStream, (event) =>
    isStockEvent(event) && event.type === 'ProductCreated' ? event.eventId : null,
  );
