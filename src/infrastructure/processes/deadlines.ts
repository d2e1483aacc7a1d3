import { type Container } from 'inversify';
import { ordersView } from '../../application/checkout/order/views/orders.js';
import { productsView } from '../../application/checkout/stock/views/products.js';
import { allDeadlinesView } from '../../application/operating/all-deadlines.js';
import { allOutcomesView } from '../../application/operating/all-outcomes.js';
import { runDeadlines } from '../../application/kernel/process/deadlines/run-deadlines.js';
import { boundIn } from '../container/bound-in.js';
import { Tokens } from '../container/tokens.js';
import { lead } from './lead.js';
import { type RunningProcess } from './process.js';

/** Carries out what is due: one process at a time, the others standing by. */
export const startDeadlines = async (container: Container): Promise<RunningProcess> => {
  const { feed, readModels, clock, logger: log, metrics, orders } = boundIn(container);
  const ports = { feed, readModels, clock, log, metrics, reminders: container.get(Tokens.Reminders) };
  // Whoever orders waits for these.
  const paced = [allDeadlinesView, ordersView, productsView, allOutcomesView];
  const handlers = container.get(Tokens.DeadlineHandlers);
  const begin = runDeadlines({ ...ports, inBulk: orders.deadlinesInBulk, paced }, allDeadlinesView, handlers);
  return lead(container, { name: 'deadlines', begin });
};
