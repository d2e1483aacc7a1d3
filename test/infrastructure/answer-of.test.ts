import { either as E } from 'fp-ts';
import { CallFailed } from '../../src/infrastructure/cli/failures.js';
import { answerOf, patiently } from '../../src/infrastructure/cli/history/answer-of.js';

/** Answers `value` once it was asked `times` times before. */
const awayFor = (times: number, value: string) => {
  let asked = 0;
  return async () => ((asked += 1) > times ? E.right(value) : E.left('EventStoreUnavailable'));
};

test('an engine that does not answer at first is asked again', async () => {
  expect(await answerOf('message log', awayFor(2, 'answered'))).toBe('answered');
});

test('an engine that stays away is given up', async () => {
  expect(await patiently(awayFor(1, 'late'), 0)()).toEqual(E.left('EventStoreUnavailable'));
});

test('the engine that did not answer is named', async () => {
  const away = answerOf('message log', async () => E.left('LogUnavailable'), 0);
  await expect(away).rejects.toEqual(new CallFailed('The message log does not answer', 'UNAVAILABLE'));
});
