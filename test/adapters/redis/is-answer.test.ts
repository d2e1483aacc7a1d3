import { isAnswer } from '../../../src/adapters/redis/breaker.js';

const replied = (message: string): Error => Object.assign(new Error(message), { name: 'ReplyError' });

test.each([
  'NOREPLICAS Not enough good replicas to write.',
  "OOM command not allowed when used memory > 'maxmemory'.",
  'LOADING Redis is loading the dataset in memory',
])('a server that can take nothing says no to everybody, and not to what was asked: %s', (said) => {
  expect(isAnswer(replied(said))).toBe(false);
});

test('an error in a script is for whoever sent it', () => {
  expect(isAnswer(replied('ERR Error running script'))).toBe(true);
});
