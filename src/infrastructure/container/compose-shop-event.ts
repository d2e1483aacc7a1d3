import { type Container } from 'inversify';
import { cancelEvent } from '../../application/shop-event/cancel-event.js';
import { closeEvent } from '../../application/shop-event/close-event.js';
import { eventById } from '../../application/shop-event/event-by-id.js';
import { openEvent } from '../../application/shop-event/open-event.js';
import { rescheduleEvent } from '../../application/shop-event/reschedule-event.js';
import { scheduleEvent } from '../../application/shop-event/schedule-event.js';
import { eventsView } from '../../application/shop-event/events.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { bindOnce } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** What becomes of events of the shop: the calls of HTTP, and the opening. */
export const composeShopEvent = (container: Container): void => {
  bindOnce(container, T.OpenEvent, ({ eventStore, snapshots, logger, clock, secondClock, ids, metrics }) =>
    openEvent({ eventStore, snapshots, logger, clock, secondClock, ids, metrics }),
  );
  bindOnce(container, T.EventCalls, ({ eventStore, snapshots, logger, readModels, clock, ids, config }, context) => {
    const reminders = context.get(T.Reminders);
    const awaitVisible = awaitVisibleIn({ readModels, clock }, config.OPERATION_TIMEOUT_MS)(eventsView);
    const ports = { eventStore, snapshots, logger, clock, ids, reminders, awaitVisible };
    return {
      scheduleEvent: scheduleEvent(ports),
      eventById: eventById({ readModels, clock }),
      rescheduleEvent: rescheduleEvent(ports),
      closeEvent: closeEvent(ports),
      cancelEvent: cancelEvent(ports),
    };
  });
};
