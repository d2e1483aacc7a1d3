import { answeredWithin } from '../../../src/adapters/redis/server.js';

const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('a reply that waits while this process is busy, again and again, is no missing reply', async () => {
  const reply = new Promise((resolve) => {
    const round = (left: number): void => {
      busyFor(80);
      if (left === 0) resolve('it was there');
      else setTimeout(() => round(left - 1), 0);
    };
    setTimeout(() => round(3), 0);
  });
  expect(await answeredWithin(20, reply)).toBe('it was there');
});

test('a server that does not reply is given up', async () => {
  await expect(answeredWithin(20, new Promise(() => undefined))).rejects.toThrow('Command timed out');
});

test('nothing is given up before its time', async () => {
  for (let wait = 0; wait < 40; wait += 1) {
    const began = performance.now();
    await expect(answeredWithin(5, new Promise(() => undefined))).rejects.toThrow('Command timed out');
    expect(performance.now() - began).toBeGreaterThanOrEqual(5);
    busyFor(Math.random());
  }
});
