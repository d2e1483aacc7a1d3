import { type Decider } from '../decider.js';
import { cancelEvent, type CancelEvent } from './cancel-event.js';
import { closeEvent, type CloseEvent } from './close-event.js';
import { evolve, type Sale, unknownSale } from './event.js';
import { type SaleEvent } from './events.js';
import { openEvent, type OpenEvent } from './open-event.js';
import { rescheduleEvent, type RescheduleEvent } from './reschedule-event.js';
import { scheduleEvent, type ScheduleEvent } from './schedule-event.js';

export type SaleCommand = ScheduleEvent | RescheduleEvent | OpenEvent | CloseEvent | CancelEvent;

export const saleDecider = {
  initial: unknownSale,
  evolve,
  decide: (command: SaleCommand, state: Sale) => {
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
} satisfies Decider<Sale, SaleCommand, SaleEvent, string>;
