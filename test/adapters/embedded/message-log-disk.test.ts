import { either as E } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { openMessageLog } from '../../../src/adapters/embedded/message-log/open-message-log.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { everything, gate, numbered, publishAll, record, sampleMessage } from '../../support/message-samples.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';
import { failingFlush } from './failing-flush.js';

const newDirectory = tempDirs();
const requests = { name: 'requests', partitions: 1, retentionSeconds: 604_800 };

it('says that it does not know while the disk does not answer, and delivers what then turns out to be there', async () => {
  const data = await openedDirectory(newDirectory());
  const disk = gate();
  let frozen = false;
  const root: RootDatabase<unknown> = Object.create(data.root, {
    flushed: { get: () => (frozen ? disk.opened.then(() => data.root.flushed) : data.root.flushed) },
  });
  const log = openMessageLog(root, { publishTimeoutMs: 50 });
  await answerOf(log.ensureTopics([requests]));
  const { values } = await record(log, { topic: 'requests', group: 'deciders' });

  frozen = true;
  const first = log.publish('requests', sampleMessage('first'))();
  await eventually(async () => root.openDB({ name: 'log-chunks' }).getKeysCount() > 0);
  const second = log.publish('requests', sampleMessage('second'))();
  expect(await first).toEqual(E.left('PublishOutcomeUnknown'));
  expect(await second).toEqual(E.left('PublishFailed'));
  expect(await log.publish('requests', sampleMessage('third'))()).toEqual(E.left('LogOverloaded'));
  expect(values()).toEqual([]);

  frozen = false;
  disk.open();
  await eventually(() => values().length > 0);
  await answerOf(log.publish('requests', sampleMessage('fourth')));
  await eventually(() => values().length === 2);
  expect(values()).toEqual(['first', 'fourth']);
  await log.close();
  await data.close();
});

it('says that it does not know when the disk failed after the message could be read, and delivers it with the next one', async () => {
  const data = await openedDirectory(newDirectory());
  let failing = false;
  const root = failingFlush(data.root, () => failing);
  const log = openMessageLog(root);
  await answerOf(log.ensureTopics([requests, { ...requests, name: 'others' }]));
  const { values } = await record(log, { topic: 'requests', group: 'deciders' });
  await answerOf(log.publish('requests', sampleMessage('first')));

  failing = true;
  expect(await log.publish('requests', sampleMessage('second'))()).toEqual(E.left('PublishOutcomeUnknown'));

  failing = false;
  await answerOf(log.publish('others', sampleMessage('elsewhere')));
  await eventually(() => values().length === 2);
  expect(await answerOf(log.publish('requests', sampleMessage('third')))).toEqual({ partition: 0, offset: 2 });
  await eventually(() => values().length === 3);
  expect(values()).toEqual(['first', 'second', 'third']);
  const stored = await answerOf(log.read({ topic: 'requests', partition: 0, offset: 0 }, 10));
  expect(stored.map(({ offset, value }) => [offset, value])).toEqual(values().map((value, offset) => [offset, value]));
  await log.close();
  await data.close();
});

it('fails to publish on a full disk, keeps what it answered for, and goes on once there is room', async () => {
  const directory = newDirectory();
  const child = new URL('./children/publish-until-full.ts', import.meta.url);
  const { lines, ended } = startTypescript(child, [directory], { largestFileKiB: 4_096 });
  expect(await ended).toBe(0);
  const { answer, reason, acknowledged } = JSON.parse(lines()[0] ?? '{}');
  expect(answer).toBe('PublishFailed');
  expect(reason).toContain('Is the disk full?');
  expect(acknowledged).toBeGreaterThan(20);

  const data = await openedDirectory(directory);
  const log = openMessageLog(data.root);
  expect(await everything(log, 'requests', 1)).toHaveLength(acknowledged);
  expect(await publishAll(log, 'requests', numbered(1))).toEqual([{ partition: 0, offset: acknowledged }]);
  await log.close();
  await data.close();
});
