import { type CancelEvent } from '../../application/shop-event/cancel-event.js';
import { type CloseEvent } from '../../application/shop-event/close-event.js';
import { type EventById } from '../../application/shop-event/event-by-id.js';
import { type RescheduleEvent } from '../../application/shop-event/reschedule-event.js';
import { type ScheduleEvent } from '../../application/shop-event/schedule-event.js';
import { type NoticeHub } from '../../application/notices/notice-hub.js';

/** What HTTP drives of the notices to users. */
export interface NoticeUseCases {
  readonly connectNotices: NoticeHub['connect'];
}

/** What HTTP drives of the events of the shop. */
export interface EventUseCases {
  readonly scheduleEvent: ScheduleEvent;
  readonly eventById: EventById;
  readonly rescheduleEvent: RescheduleEvent;
  readonly closeEvent: CloseEvent;
  readonly cancelEvent: CancelEvent;
}
