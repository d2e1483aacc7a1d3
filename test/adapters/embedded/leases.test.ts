import { inProcessLeases } from '../../../src/adapters/embedded/leases/in-process-leases.js';
import { leasesContract } from '../../contracts/leases.contract.js';
import { answerOf } from '../../support/answer-of.js';

leasesContract('In one process', async () => {
  const leases = inProcessLeases();
  return { one: leases, other: leases, close: () => Promise.resolve() };
});

it('go to those who wait in the order in which they came', async () => {
  const leases = inProcessLeases();
  const never = new AbortController().signal;
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      const lease = await answerOf(leases.acquire('task', never));
      order.push(n);
      await lease.release();
    }),
  );
  expect(order).toEqual([1, 2, 3, 4]);
});
