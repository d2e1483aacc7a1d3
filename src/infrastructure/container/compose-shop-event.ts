import { type Container } from 'inversify';
import { cancelEvent } from '../../application/shop-event/cancel-event.js';
import { closeEvent } from '../../application/shop-event/close-event.js';
import { eventById } from '../../application/shop-event/event-by-id.js';
import { openEvent } from '../../application/shop-event/open-event.js';
import { rescheduleEvent } from '../../application/shop-event/reschedule-event.js';
import { scheduleEvent } from '../../application/shop-event/schedule-event.js';
import { eventsView } from '../../application/shop-event/events.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { boundIn } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** What becomes of events of the shop: the calls of HTTP, and the opening. */
export const composeShopEvent = (container: Container): void => {
  container
    .bind(T.OpenEvent)
    .toDynamicValue((context) => {
      const { eventStore, snapshots, logger, clock, secondClock, ids, metrics } = boundIn(context);
      return openEvent({ eventStore, snapshots, logger, clock, secondClock, ids, metrics });
    })
    .inSingletonScope();

  container
    .bind(T.EventCalls)
    .toDynamicValue((context) => {
      const {
        eventStore,
        snapshots,
        logger,
        readModels,
        clock,
        ids,
        config: { OPERATION_TIMEOUT_MS: waitMs },
      } = boundIn(context);
      const reminders = context.get(T.Reminders);

      const awaitVisible = awaitVisibleIn({ readModels, clock }, waitMs)(eventsView);
      const ports = { eventStore, snapshots, logger, clock, ids, reminders, awaitVisible };
      return {
        scheduleEvent: scheduleEvent(ports),
        eventById: eventById({ readModels, clock }),
        rescheduleEvent: rescheduleEvent(ports),
        closeEvent: closeEvent(ports),
        cancelEvent: cancelEvent(ports),
      };
    })
    .inSingletonScope();
};
