import { either as E, option as O } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { openDataKeys } from '../../../src/adapters/embedded/data-keys/open-data-keys.js';
import { openTables } from '../../../src/adapters/embedded/data-keys/tables.js';
import { openIdempotencyKeys } from '../../../src/adapters/embedded/idempotency/open-idempotency-keys.js';
import { openReadModels } from '../../../src/adapters/embedded/read-models/open-read-models.js';
import { openSigningKeys } from '../../../src/adapters/embedded/signing-keys/open-signing-keys.js';
import { answerOf } from '../../support/answer-of.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';
import { failingFlush } from './failing-flush.js';

const newDirectory = tempDirs();

/** LMDB flushes a transaction only if it wrote something; each such transaction has a number of its own. */
const transactionsIn = (root: RootDatabase<unknown>): number => {
  const stats: unknown = root.getStats();
  if (typeof stats !== 'object' || stats === null || !('lastTxnId' in stats)) throw new Error('No such statistics');
  return Number(stats.lastTxnId);
};

describe('When the disk failed to flush a commit that can be read nevertheless', () => {
  let failing = false;
  const isFailing = () => failing;
  beforeEach(() => (failing = false));

  describe('a key of personal data', () => {
    const opened = () => {
      const directory = newDirectory();
      const tables = openTables(directory, 'write');
      const { keys, close } = openDataKeys(directory, () => undefined, {
        ...tables,
        root: failingFlush(tables.root, isFailing),
      });
      return { keys, close, transactions: () => transactionsIn(tables.root) };
    };
    const wrapped = Buffer.alloc(61, 1);

    it('is written again before it is handed out, and only then', async () => {
      const { keys, close, transactions } = opened();
      failing = true;
      expect(await keys.offer('ana', wrapped)()).toEqual(E.left('DataKeysUnavailable'));
      expect(await keys.find('ana')()).toEqual(E.left('DataKeysUnavailable'));

      failing = false;
      const before = transactions();
      expect(await answerOf(keys.find('ana'))).toEqual(O.some(wrapped));
      expect(transactions()).toBeGreaterThan(before);
      const since = transactions();
      expect(await answerOf(keys.find('ana'))).toEqual(O.some(wrapped));
      expect(transactions()).toBe(since);
      await close();
    });

    it('is written again where the user is offered another one', async () => {
      const { keys, close, transactions } = opened();
      failing = true;
      await keys.offer('ana', wrapped)();
      failing = false;
      const before = transactions();
      expect(await answerOf(keys.offer('ana', Buffer.alloc(61, 2)))).toEqual(wrapped);
      expect(transactions()).toBeGreaterThan(before);
      await close();
    });
  });

  it('a signing key is written again where it is offered again', async () => {
    const data = await openedDirectory(newDirectory());
    const keys = openSigningKeys(failingFlush(data.root, isFailing), 'seal-keys');
    failing = true;
    expect(await keys.offer({ epoch: 1, key: 'first' })()).toEqual(E.left('SigningKeysUnavailable'));
    failing = false;
    const before = transactionsIn(data.root);
    await answerOf(keys.offer({ epoch: 1, key: 'second' }));
    expect(transactionsIn(data.root)).toBeGreaterThan(before);
    expect(await answerOf(keys.all())).toEqual([{ epoch: 1, key: 'first' }]);
    await data.close();
  });

  it('the request that was answered 503 is carried out when it is repeated, and is not still running', async () => {
    const data = await openedDirectory(newDirectory());
    const keys = openIdempotencyKeys(failingFlush(data.root, isFailing));
    const [key, now] = ['ana/order-1', Date.now()];
    failing = true;
    expect(await keys.begin(key, 'POST', now)()).toEqual(E.left('IdempotencyUnavailable'));
    failing = false;
    expect(await answerOf(keys.begin(key, 'POST', now + 1_000))).toEqual({ begun: 'First' });
    expect(await answerOf(keys.begin(key, 'POST', now + 2_000))).toEqual({ begun: 'Running' });

    failing = true;
    expect(await keys.begin(key, 'POST', now + 3_000)()).toEqual(E.left('IdempotencyUnavailable'));
    failing = false;
    expect(await answerOf(keys.begin(key, 'POST', now + 4_000))).toEqual({ begun: 'Running' });
    await data.close();
  });

  it('whoever waits for a document or a build hears of the change', async () => {
    const data = await openedDirectory(newDirectory());
    const readModels = openReadModels(failingFlush(data.root, isFailing));
    const build = { view: 'coupons', version: 1, build: 1 };
    const heard: string[] = [];
    readModels.watch('coupons', 'c-1', () => heard.push('c-1'));
    const write = { id: 'c-1', document: { left: 9 }, entries: [] };

    failing = true;
    const unsure = E.left('ReadModelsUnavailable');
    expect(await readModels.write(build, [write], { from: -1, to: 0 })()).toEqual(unsure);
    expect(heard).toEqual(['c-1']);
    expect(await readModels.write(build, [write], { from: 0, to: 1 })()).toEqual(unsure);
    expect(await readModels.flip(build)()).toEqual(unsure);
    expect(heard).toHaveLength(3);
    failing = false;
    expect(await answerOf(readModels.getMany(build, ['c-1']))).toEqual([O.some({ left: 9 })]);
    await readModels.close();
    await data.close();
  });
});
