import { openingDeadlines } from '../event/opening-deadline.js';
import { orderDeadlines } from '../sagas/order-deadlines.js';
import { waitingDeadlines } from '../waiting-token/waiting-deadlines.js';
import { type DeadlineRule, deadlinesView } from './deadline.js';

/** The deadlines of every context: a new one is added here, its handler where the runner is wired. */
const rules: ReadonlyArray<DeadlineRule> = [openingDeadlines, waitingDeadlines, orderDeadlines];

/** Everything that is or will be due. */
export const allDeadlinesView = deadlinesView(rules);
