import { cancelEvent, type CancelEvent } from '../../../src/domain/shop-event/cancel-event.js';
import { closeEvent, type CloseEvent } from '../../../src/domain/shop-event/close-event.js';
import { evolve, type Sale, unknownSale } from '../../../src/domain/shop-event/event.js';
import { type EventRescheduled, type EventScheduled, type SaleEvent } from '../../../src/domain/shop-event/events.js';
import { openEvent, type OpenEvent } from '../../../src/domain/shop-event/open-event.js';
import { rescheduleEvent, type RescheduleEvent } from '../../../src/domain/shop-event/reschedule-event.js';
import { scheduleEvent, type ScheduleEvent } from '../../../src/domain/shop-event/schedule-event.js';
import { sentences } from '../../support/given-when-then.js';

type SaleCommand = ScheduleEvent | RescheduleEvent | OpenEvent | CloseEvent | CancelEvent;

const decide = (command: SaleCommand, sale: Sale) => {
  switch (command.type) {
    case 'ScheduleEvent':
      return scheduleEvent(command, sale);
    case 'RescheduleEvent':
      return rescheduleEvent(command, sale);
    case 'OpenEvent':
      return openEvent(command, sale);
    case 'CloseEvent':
      return closeEvent(command, sale);
    case 'CancelEvent':
      return cancelEvent(command, sale);
  }
};

const given = sentences({ initial: unknownSale, evolve, decide });

const noon = Date.UTC(2026, 0, 1, 12);
const evening = Date.UTC(2026, 0, 1, 19);
const eventId = 'gala';
const terms = { eventId, name: 'Gala', opensAt: evening, scheduleId: null, at: noon };

const schedule: SaleCommand = { type: 'ScheduleEvent', ...terms };
const scheduled: EventScheduled = { type: 'EventScheduled', ...terms };
const rescheduleTo = (opensAt: number): SaleCommand => ({ type: 'RescheduleEvent', eventId, opensAt, at: noon });
const rescheduledTo = (opensAt: number): EventRescheduled => ({ type: 'EventRescheduled', eventId, opensAt, at: noon });
const openAt = (at: number): SaleCommand => ({ type: 'OpenEvent', eventId, at });
const openedAt = (at: number, opensAt = evening): SaleEvent => ({
  type: 'EventOpened',
  eventId,
  name: 'Gala',
  opensAt,
  at,
});
const close: SaleCommand = { type: 'CloseEvent', eventId, at: evening };
const closed: SaleEvent = { type: 'EventClosed', eventId, at: evening };
const cancel: SaleCommand = { type: 'CancelEvent', eventId, at: noon };
const cancelled: SaleEvent = { type: 'EventCancelled', eventId, name: 'Gala', at: noon };

describe('an event of the shop', () => {
  it('is scheduled once', () => {
    given().when(schedule).then(scheduled);
    given(scheduled).when(schedule).thenRejected('EVENT_EXISTS');
  });

  it('opens at its time and never before, whatever a clock says', () => {
    given(scheduled)
      .when(openAt(evening - 1))
      .thenRejected('TOO_EARLY');
    given(scheduled).when(openAt(evening)).then(openedAt(evening));
  });

  it('opens late when nobody was there to open it', () => {
    given(scheduled)
      .when(openAt(evening + 5_000))
      .then(openedAt(evening + 5_000));
  });

  it('opens once, however many open it', () => {
    given(scheduled, openedAt(evening)).when(openAt(evening)).thenNothing();
  });

  it('moves while it has not opened, and opens at its new time', () => {
    given(scheduled)
      .when(rescheduleTo(evening + 1))
      .then(rescheduledTo(evening + 1));
    given(scheduled).when(rescheduleTo(evening)).thenNothing();
    given(scheduled, rescheduledTo(evening + 1))
      .when(openAt(evening))
      .thenRejected('TOO_EARLY');
    given(scheduled, openedAt(evening))
      .when(rescheduleTo(evening + 1))
      .thenRejected('INVALID_EVENT_STATE');
  });

  it('closes once it has opened', () => {
    given(scheduled).when(close).thenRejected('INVALID_EVENT_STATE');
    given(scheduled, openedAt(evening)).when(close).then(closed);
    given(scheduled, openedAt(evening), closed).when(close).thenNothing();
    given(scheduled, openedAt(evening), closed).when(openAt(evening)).thenRejected('INVALID_EVENT_STATE');
  });

  it('is called off before it opens or while it is open, and then never opens', () => {
    given(scheduled).when(cancel).then(cancelled);
    given(scheduled, openedAt(evening)).when(cancel).then(cancelled);
    given(scheduled, cancelled).when(cancel).thenNothing();
    given(scheduled, cancelled).when(openAt(evening)).thenRejected('INVALID_EVENT_STATE');
    given(scheduled, openedAt(evening), closed).when(cancel).thenRejected('INVALID_EVENT_STATE');
  });

  it('is not found when it was never scheduled', () => {
    for (const command of [rescheduleTo(evening), openAt(evening), close, cancel])
      given().when(command).thenRejected('EVENT_NOT_FOUND');
  });
});
