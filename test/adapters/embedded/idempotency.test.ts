import { openIdempotencyKeys } from '../../../src/adapters/embedded/idempotency/open-idempotency-keys.js';
import { idempotencyContract, type OpenedIdempotencyKeys } from '../../contracts/idempotency.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();
const DAY = 86_400_000;

const openIn = async (directory: string): Promise<OpenedIdempotencyKeys> => {
  const data = await openedDirectory(directory);
  const keys = openIdempotencyKeys(data.root);
  const reopen = async () => {
    await data.close();
    return openIn(directory);
  };
  return { keys, reopen, close: data.close };
};

idempotencyContract('The embedded one', () => openIn(newDirectory()));

it('forgets keys after a day, and keeps no trace of them', async () => {
  const { root, close } = await openedDirectory(newDirectory());
  let now = 5 * DAY;
  const keys = openIdempotencyKeys(root, { now: () => now });
  for (let n = 0; n < 2_500; n++) void keys.begin(`old-${n}`, 'same', now)();
  await answerOf(keys.begin('answered', 'same', now));
  await answerOf(keys.answer('answered', { status: 200, headers: {}, body: '' }));
  now += DAY / 2;
  await answerOf(keys.begin('young', 'same', now));
  now += DAY / 2 + 1;
  expect(await answerOf(keys.sweep())).toBe(2_501);
  expect(root.openDB({ name: 'idempotency-keys' }).getKeysCount()).toBe(1);
  expect(root.openDB({ name: 'idempotency-ages' }).getKeysCount()).toBe(1);
  expect(await answerOf(keys.begin('answered', 'another', now))).toEqual({ begun: 'First' });
  await close();
});
