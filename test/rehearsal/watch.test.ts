import { GivenUp, watch } from '../../src/rehearsal/watch.js';
import { eventually } from '../support/eventually.js';

test('a rehearsal that stands still says what it waits for, again and again, and is given up in the end', async () => {
  const said: string[] = [];
  const watching = watch({ say: (line) => void said.push(line), sayEveryMs: 10, giveUpAfterMs: 1_000 });
  watching.progress(3, 40, 'orders to come to their end');
  await eventually(() => said.length > 1);
  expect(said[0]).toMatch(/^Waiting for orders to come to their end: 3 of 40 \(/);
  await eventually(() => watching.signal.aborted);
  expect(watching.signal.reason).toBeInstanceOf(GivenUp);
  expect(String(watching.signal.reason)).toContain('waiting for orders to come to their end: 3 of 40');
});

test('one that moves is not given up', async () => {
  const watching = watch({ say: () => undefined, giveUpAfterMs: 60_000 });
  for (let done = 0; done < 3; done += 1) watching.progress(done, 3, 'people');
  expect(watching.signal.aborted).toBe(false);
  watching.stop();
});
