import { either as E } from 'fp-ts';
import { type EmbeddedMessageLogOptions } from '../../../src/adapters/embedded/message-log/options.js';
import { openMessageLog } from '../../../src/adapters/embedded/message-log/open-message-log.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { everything, numbered, publishAll, record, sampleMessage } from '../../support/message-samples.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();
const DAY = 86_400_000;

const openIn = async (directory: string, options: EmbeddedMessageLogOptions = {}) => {
  const data = await openedDirectory(directory);
  const log = openMessageLog(data.root, options);
  await answerOf(log.ensureTopics([{ name: 'requests', partitions: 1, retentionSeconds: 7 * 86_400 }]));
  const close = async () => {
    await log.close();
    await data.close();
  };
  return { log, close };
};
const offsets = async ({ log }: Awaited<ReturnType<typeof openIn>>) =>
  (await everything(log, 'requests', 1)).map(({ offset }) => offset);

it('fails to publish to a topic that is not there, and after it was closed', async () => {
  const { log, close } = await openIn(newDirectory());
  expect(await log.publish('no-such-topic', sampleMessage('x'))()).toEqual(E.left('PublishFailed'));
  expect(await log.lag('no-such-topic', 'group')()).toEqual(E.left('LogUnavailable'));
  await close();
  expect(await log.publish('requests', sampleMessage('x'))()).toEqual(E.left('PublishFailed'));
});

it('drops what is older than the retention, and never gives an offset twice', async () => {
  const directory = newDirectory();
  let now = 100 * DAY;
  const first = await openIn(directory, { now: () => now });
  await publishAll(first.log, 'requests', numbered(1_200));
  now += 6 * DAY;
  await publishAll(first.log, 'requests', numbered(3));
  expect(await answerOf(first.log.sweep())).toBe(0);
  now += 2 * DAY;
  expect(await answerOf(first.log.sweep())).toBe(1_200);
  await first.close();

  const second = await openIn(directory, { now: () => now });
  expect(await offsets(second)).toEqual([1_200, 1_201, 1_202]);
  const [lag] = await answerOf(second.log.lag('requests', 'newcomers'));
  expect(lag).toEqual({ partition: 0, head: 1_203, committed: 1_200, oldestUnprocessedAt: 106 * DAY });
  const { values } = await record(second.log, { topic: 'requests', group: 'newcomers' });
  await eventually(() => values().length === 3);
  await second.close();

  now += 8 * DAY;
  const third = await openIn(directory, { now: () => now });
  expect(await answerOf(third.log.sweep())).toBe(3);
  expect(await offsets(third)).toEqual([]);
  expect(await publishAll(third.log, 'requests', numbered(1))).toEqual([{ partition: 0, offset: 1_203 }]);
  await third.close();
});

it('keeps what a group has not read, however old it is', async () => {
  let now = 100 * DAY;
  const opened = await openIn(newDirectory(), { now: () => now });
  const refusing = await record(opened.log, { topic: 'requests', group: 'deciders' }, () =>
    Promise.reject(new Error()),
  );
  await publishAll(opened.log, 'requests', numbered(5));
  await refusing.consumer.stop();
  now += 30 * DAY;
  expect(await answerOf(opened.log.sweep())).toBe(0);
  const { consumer, values } = await record(opened.log, { topic: 'requests', group: 'deciders' });
  await eventually(() => values().length === 5);
  await consumer.stop();
  expect(await answerOf(opened.log.sweep())).toBe(5);
  await opened.close();
});

it('reads from the disk what is no longer in memory, across the border between the two', async () => {
  const opened = await openIn(newDirectory(), { recentCharacters: 20_000 });
  for (let round = 0; round < 5; round++) await publishAll(opened.log, 'requests', numbered(600));
  expect(await offsets(opened)).toEqual(Array.from({ length: 3_000 }, (_, offset) => offset));
  const { messages } = await record(opened.log, { topic: 'requests', group: 'late', batchSize: 70 });
  await eventually(() => messages().length === 3_000);
  expect(messages().map(({ offset }) => offset)).toEqual(Array.from({ length: 3_000 }, (_, offset) => offset));
  expect(messages().map(({ value }) => value)).toEqual(
    Array.from({ length: 3_000 }, (_, offset) => String(offset % 600)),
  );
  await opened.close();
});
