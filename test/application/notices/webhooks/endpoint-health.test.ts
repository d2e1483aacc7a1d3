import { endpointHealth } from '../../../../src/application/notices/webhooks/endpoint-health.js';

const began = (firstPauseMs = 1_000) => {
  let now = 0;
  const clock = { now: () => now, elapsed: () => now, wakeAt: () => () => undefined, wakeIn: () => () => undefined };
  const health = endpointHealth(clock, firstPauseMs);
  return { ...health, pass: (ms: number) => void (now += ms) };
};
const five = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5'];

test('one message that fails again and again does not make a receiver away', () => {
  const { ended, mayTry, awayMs } = began();
  for (let attempt = 0; attempt < 20; attempt += 1) ended('m-1', false);
  expect([mayTry(), mayTry(), awayMs()]).toEqual([true, true, 0]);
});

test('after five different ones in a row it is away: one attempt at a time, each pause twice as long', () => {
  const { ended, mayTry, waitMs, pass } = began();
  for (const message of five) ended(message, false);
  expect([mayTry(), waitMs()]).toEqual([false, 1_000]);
  pass(1_000);
  expect([mayTry(), mayTry()]).toEqual([true, false]);
  ended('m-6', false);
  expect([mayTry(), waitMs()]).toEqual([false, 2_000]);
  for (let attempt = 0; attempt < 20; attempt += 1) ended('m-6', false);
  expect(waitMs()).toBe(60_000);
});

test('it is back as soon as one message gets through', () => {
  const { ended, mayTry, awayMs, pass } = began();
  for (const message of five) ended(message, false);
  pass(5_000);
  expect(awayMs()).toBe(5_000);
  ended('m-1', true);
  expect([mayTry(), mayTry(), awayMs()]).toEqual([true, true, 0]);
  for (const message of five.slice(1)) ended(message, false);
  expect(mayTry()).toBe(true);
});
