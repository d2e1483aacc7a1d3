import { either as E } from 'fp-ts';
import { openDepartingShop } from '../../../src/adapters/embedded/departing-shop/open-departing-shop.js';
import { openDataDirectory } from '../../../src/adapters/embedded/environment/index.js';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openMessageLog } from '../../../src/adapters/embedded/message-log/open-message-log.js';
import { NO_STREAM } from '../../../src/application/ports/event-store.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();
const NOW = 1_000_000;
const open = async (directory: string) => {
  const opened = await openDataDirectory(directory)();
  if (E.isLeft(opened)) throw new Error(opened.left.code);
  return opened.right;
};

/** A shop at work, and what would move it: in tests one process has both. */
const shop = async () => {
  const directory = newDir();
  const environment = await open(directory);
  let now = NOW;
  const { store, close: closeStore } = openEventStore(environment.root, { now: () => now });
  const log = openMessageLog(environment.root, { now: () => now });
  await log.ensureTopics([{ name: 'requests', partitions: 1, retentionSeconds: 60 }])();
  const departing = openDepartingShop(directory);
  const close = async (): Promise<void> => {
    await departing.release();
    await Promise.all([closeStore(), log.close()]);
    await environment.close().catch(() => undefined);
  };
  const event = (id: string) => ({ id, event: { type: 'Happened' }, metadata: { correlationId: id } });
  return {
    directory,
    departing,
    close,
    publish: () => log.publish('requests', { key: 'k', value: '{}', headers: {} })(),
    append: (streamId: string) => store.append(streamId, NO_STREAM, [event(streamId)])(),
    later: (ms: number) => void (now += ms),
  };
};

test('a closed shop takes no request but records what follows from those it took, and opens again by itself', async () => {
  const { departing, publish, append, later, close } = await shop();
  await departing.close(NOW + 30_000);
  expect(await publish()).toEqual(E.left('PublishFailed'));
  expect(await append('decided')).toMatchObject(E.right({ revision: 0 }));
  later(30_000);
  expect(await publish()).toEqual(E.right({ partition: 0, offset: 0 }));
  await close();
});

test('a shop that has departed records nothing, is not closed or opened by a later attempt, and comes back only when told to', async () => {
  const { departing, publish, append, close } = await shop();
  await departing.close(NOW + 30_000);
  expect(await departing.depart('elsewhere', new Date(NOW))).toBe(true);
  await departing.close(NOW + 1);
  await departing.reopen();
  expect(departing.departedTo()).toBe('elsewhere');
  expect(await append('late')).toEqual(E.left('EventStoreUnavailable'));
  expect(await publish()).toEqual(E.left('PublishFailed'));
  await departing.comeBack();
  expect(await append('again')).toMatchObject(E.right({ revision: 0 }));
  await close();
});

test('a shop that opened again meanwhile does not depart: requests came in that were not copied', async () => {
  const { departing, publish, close } = await shop();
  await departing.close(NOW + 30_000);
  expect(await departing.depart('elsewhere', new Date(NOW + 30_000))).toBe(false);
  await departing.reopen();
  expect(E.isRight(await publish())).toBe(true);
  await close();
});

test('nobody can start a shop that has departed', async () => {
  const { directory, departing, close } = await shop();
  await departing.close(NOW + 30_000);
  await departing.depart('elsewhere', new Date(NOW));
  await close();
  expect(await openDataDirectory(directory)()).toEqual(
    E.left({ code: 'DataDirectoryMoved', directory, to: 'elsewhere', at: new Date(NOW).toISOString() }),
  );
});
