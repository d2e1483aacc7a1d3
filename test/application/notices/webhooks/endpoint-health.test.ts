import { either as E } from 'fp-ts';
import { endpointHealth } from '../../../../src/application/notices/webhooks/endpoint-health.js';

const away = E.left({ failure: 'it is away', isGone: false });

const began = (firstPauseMs = 1_000) => {
  let now = 0;
  const clock = { now: () => now, elapsed: () => now, wakeAt: () => () => undefined, wakeIn: () => () => undefined };
  const health = endpointHealth(clock, firstPauseMs);
  const fail = async (...messageIds: ReadonlyArray<string>): Promise<void> => {
    for (const messageId of messageIds) await health.attempt(messageId, () => Promise.resolve(away));
  };
  const getThrough = (messageId: string) => health.attempt(messageId, () => Promise.resolve(E.right(undefined)));
  return { ...health, fail, getThrough, pass: (ms: number) => void (now += ms) };
};
const five = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5'];
const twenty = (messageId: string): ReadonlyArray<string> => Array.from({ length: 20 }, () => messageId);

test('one message that fails again and again does not make a receiver away', async () => {
  const { fail, mayTry, awayMs } = began();
  await fail(...twenty('m-1'));
  expect([mayTry(), awayMs()]).toEqual([true, 0]);
});

test('after five different ones in a row it is away, and each pause is twice as long', async () => {
  const { fail, mayTry, waitMs, pass } = began();
  await fail(...five);
  expect([mayTry(), waitMs()]).toEqual([false, 1_000]);
  pass(1_000);
  expect(mayTry()).toBe(true);
  await fail('m-6');
  expect([mayTry(), waitMs()]).toEqual([false, 2_000]);
  await fail(...twenty('m-6'));
  expect(waitMs()).toBe(60_000);
});

test('while it is away one attempt is made at a time, and one that ends in a fault of ours makes room too', async () => {
  const { fail, attempt, mayTry, pass } = began();
  await fail(...five);
  pass(1_000);
  let end = (): void => undefined;
  const attempted = attempt('m-6', () => new Promise((_, reject) => (end = () => reject(new Error('a fault')))));
  expect(mayTry()).toBe(false);
  end();
  await expect(attempted).rejects.toThrow('a fault');
  expect(mayTry()).toBe(true);
});

test('it is back as soon as one message gets through', async () => {
  const { fail, getThrough, mayTry, awayMs, pass } = began();
  await fail(...five);
  pass(5_000);
  expect(awayMs()).toBe(5_000);
  await getThrough('m-1');
  expect([mayTry(), awayMs()]).toEqual([true, 0]);
  await fail(...five.slice(1));
  expect(mayTry()).toBe(true);
});
