import { every } from '../../src/infrastructure/processes/every.js';
import { systemClock } from '../../src/infrastructure/system/system-clock.js';
import { eventually } from '../support/eventually.js';

test('what is done every so often goes on after it failed, and ends when it is stopped, not before it is done', async () => {
  const failures: unknown[] = [];
  let begun = 0;
  let done = 0;
  const repeated = every(
    systemClock,
    1,
    async () => {
      begun += 1;
      await Promise.resolve();
      if (begun === 1) throw new Error('the engine is away');
      done += 1;
    },
    (error) => failures.push(error),
  );
  await eventually(() => expect(done).toBeGreaterThan(2));
  await repeated.stop();
  expect(failures).toHaveLength(1);
  expect(done).toBe(begun - 1);
});
