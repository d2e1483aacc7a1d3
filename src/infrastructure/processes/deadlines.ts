import { type Container } from 'inversify';
import { ordersView } from '../../application/checkout/order/views/orders.js';
import { productsView } from '../../application/checkout/stock/views/products.js';
import { allDeadlinesView } from '../../application/operating/all-deadlines.js';
import { allOutcomesView } from '../../application/operating/all-outcomes.js';
import { runDeadlines } from '../../application/kernel/process/deadlines/run-deadlines.js';
import { Tokens } from '../container/tokens.js';
import { lead } from './lead.js';
import { type RunningProcess } from './process.js';

/** Carries out what is due: one process at a time, the others standing by. */
export const startDeadlines = async (container: Container): Promise<RunningProcess> => {
  const ports = {
    feed: container.get(Tokens.EventFeed),
    readModels: container.get(Tokens.ReadModels),
    clock: container.get(Tokens.Clock),
    log: container.get(Tokens.Log),
    metrics: container.get(Tokens.Metrics),
    reminders: container.get(Tokens.Reminders),
    inBulk: container.get(Tokens.Orders).deadlinesInBulk,
    // Whoever orders waits for these.
    paced: [allDeadlinesView, ordersView, productsView, allOutcomesView],
  };
  const begin = runDeadlines(ports, allDeadlinesView, container.get(Tokens.DeadlineHandlers));
  return lead(container, { name: 'deadlines', begin });
};
