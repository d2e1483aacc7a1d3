import { type Decider } from '../decider.js';
import { cancelEvent, type CancelEvent, type CancelRejection } from './cancel-event.js';
import { closeEvent, type CloseEvent, type CloseRejection } from './close-event.js';
import { evolve, type Sale, unknownSale } from './event.js';
import { type SaleEvent } from './events.js';
import { openEvent, type OpenEvent, type OpenRejection } from './open-event.js';
import { rescheduleEvent, type RescheduleEvent, type RescheduleRejection } from './reschedule-event.js';
import { scheduleEvent, type ScheduleEvent, type ScheduleRejection } from './schedule-event.js';

export type SaleCommand = ScheduleEvent | RescheduleEvent | OpenEvent | CloseEvent | CancelEvent;

export type SaleRejection = ScheduleRejection | RescheduleRejection | OpenRejection | CloseRejection | CancelRejection;

export const saleDecider: Decider<Sale, SaleCommand, SaleEvent, SaleRejection> = {
  initial: unknownSale,
  evolve,
  decide: (command, state) => {
    switch (command.type) {
      case 'ScheduleEvent':
        return scheduleEvent(command, state);
      case 'RescheduleEvent':
        return rescheduleEvent(command, state);
      case 'OpenEvent':
        return openEvent(command, state);
      case 'CloseEvent':
        return closeEvent(command, state);
      case 'CancelEvent':
        return cancelEvent(command, state);
    }
  },
};
