import { openingDeadlines } from '../shop-event/opening-deadline.js';
import { webhookDeadlines } from '../notices/webhooks/deliveries-view.js';
import { orderDeadlines } from '../checkout/deadlines/order-deadlines.js';
import { waitingDeadlines } from '../waiting-room/waiting-deadlines.js';
import { type DeadlineRule, deadlinesView } from '../kernel/process/deadlines/deadline.js';

/** The deadlines of every context: a new one is added here, its handler where the runner is wired. */
const rules: ReadonlyArray<DeadlineRule> = [openingDeadlines, waitingDeadlines, orderDeadlines, webhookDeadlines];

/** Everything that is or will be due. */
export const allDeadlinesView = deadlinesView(rules);
