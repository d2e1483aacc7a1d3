import { person } from '../../../src/rehearsal/bots/person.js';
import { counting } from '../../../src/rehearsal/bots/tally.js';

const asked = async (codes: ReadonlyArray<string>) => {
  const left = [...codes];
  const count = counting(1);
  await person({
    ask: () => Promise.resolve({ status: 403, code: left.shift() ?? 'CHALLENGE_REQUIRED', challenge: null }),
    asking: { couponId: 'spring', userId: 'ana', address: '20.0.0.7' },
    device: { solve: () => Promise.resolve('solved') },
    count,
    pressAfterMs: 0,
    signal: new AbortController().signal,
  });
  return { tries: count.tries, ended: count.waited.totalCount };
};

test('a person who gets an answer is counted as ended, and one who gives up is not', async () => {
  expect(await asked(['CHALLENGE_REQUIRED', 'SOLD_OUT'])).toStrictEqual({ tries: 2, ended: 1 });
  expect(await asked([])).toStrictEqual({ tries: 10, ended: 0 });
});
