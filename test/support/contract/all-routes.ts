import { inProcessTickets } from '../../../src/adapters/embedded/in-process.js';
import { taken } from '../../../src/adapters/http/answer.js';
import { newLifecycle } from '../../../src/adapters/http/lifecycle.js';
import { type Route } from '../../../src/adapters/http/route.js';
import { routeTable } from '../../../src/adapters/http/route-table.js';
import { stoppedClock } from '../stopped-clock.js';
import { fakeUseCases } from '../../adapters/http/fake-use-cases.js';

/** Every route there is, over use cases that answer at once. */
export const allRoutes = (): ReadonlyArray<Route> => {
  const { hot, others } = routeTable(
    fakeUseCases,
    {
      demand: async () => null,
      askAgainWithinMs: 15_000,
      longPoll: (_, ask) => ask(),
      subscribe: async () => taken,
      watchBoard: async () => taken,
      health: async () => ({}),
      metrics: async () => ({ contentType: 'text/plain', body: '' }),
      version: '0',
      streamTickets: inProcessTickets(),
      clock: stoppedClock(() => 0),
    },
    newLifecycle(),
  );
  return [...hot, ...others];
};
