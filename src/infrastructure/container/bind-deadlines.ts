import { type Container } from 'inversify';
import { OPENING, openWhenDue } from '../../application/shop-event/opening-deadline.js';
import { waitingDeadlineHandlers } from '../../application/waiting-room/carry-out-deadlines.js';
import { orderDeadlineHandlers } from '../../application/checkout/deadlines/drive-when-due.js';
import { Tokens as T } from './tokens.js';

/** What is done when a deadline comes, by kind. */
export const bindDeadlines = (container: Container): void => {
  container
    .bind(T.DeadlineHandlers)
    .toResolvedValue(
      (log, presence, openEvent, orders, clock, secondClock, { WAITING_CLAIM_MS: claimWithin }) => ({
        ...orderDeadlineHandlers(orders.drive),
        ...waitingDeadlineHandlers({ log, presence, claimWithin }),
        [OPENING]: openWhenDue({ openEvent, clock, secondClock }),
      }),
      [T.MessageLog, T.Presence, T.OpenEvent, T.Orders, T.Clock, T.SecondClock, T.Config],
    )
    .inSingletonScope();
};
