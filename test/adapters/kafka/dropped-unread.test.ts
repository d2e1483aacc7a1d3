import kafkajs from 'kafkajs';
import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { describeWith, ownPrefix } from '../../support/engines/describe-with.js';
import { eventually } from '../../support/eventually.js';
import { recordingLog } from '../../support/in-memory/quiet.js';
import { message, right, testKafka } from './support.js';

const LOST =
  'error A consumer goes on at the oldest message that Kafka has: those before were dropped before they were read';

await describeWith('kafka', ({ brokers }) => {
  it('tells operators where messages were dropped from a topic before they were read, and goes on behind them', async () => {
    const prefix = ownPrefix();
    const said = recordingLog();
    const log = testKafka(brokers, { prefix, log: said });
    right(await log.ensureTopics([{ name: 'short', partitions: 1, retentionSeconds: 60 }])());
    const seen: string[] = [];
    const handle = async ({ messages }: MessageBatch) => void seen.push(...messages.map(({ value }) => value));
    const read = async () => right(await log.subscribe({ topic: 'short', group: 'readers', handle })());

    right(await log.publish('short', message('read'))());
    const before = await read();
    await eventually(() => seen.includes('read'));
    await before.stop();
    right(await log.publish('short', message('dropped'))());
    right(await log.publish('short', message('kept'))());
    const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    // Only so does the library learn of the topic.
    await admin.fetchTopicOffsets(`${prefix}short`);
    await admin.deleteTopicRecords({ topic: `${prefix}short`, partitions: [{ partition: 0, offset: '2' }] });
    await admin.disconnect();
    expect(said.lines).not.toContain(LOST);

    await read();
    await eventually(() => seen.includes('kept'));
    expect(seen).toEqual(['read', 'kept']);
    expect(said.lines.filter((line) => line === LOST)).toHaveLength(1);
    await log.close();
  });
});
