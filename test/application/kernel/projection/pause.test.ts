import { getEventListeners } from 'node:events';
import { pause } from '../../../../src/application/kernel/projection/pause.js';
import { movedClock } from '../../../support/moved-clock.js';

test('hundreds pause under one signal with one listener, because Node warns of more than ten, and all go on when it is aborted', async () => {
  const [clock, stopping] = [movedClock(), new AbortController()];
  const pauses = Array.from({ length: 300 }, (_, n) => pause(clock, 1_000 + n, stopping.signal));
  expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(1);
  clock.move(1_000);
  await pauses[0];
  stopping.abort();
  await Promise.all(pauses);
  await pause(clock, 1_000, stopping.signal);
});
