import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { startOwnKafka } from '../../support/engines/own-kafka.js';
import { eventually } from '../../support/eventually.js';
import { message, right, testKafka } from './support.js';

await describeWith('kafka', () => {
  it('consumers wait for a broker that has no group coordinator, say so once, and read everything once there is one', async () => {
    // A topic of offsets with three copies cannot come about on one broker: so long there is no coordinator.
    const kafka = await startOwnKafka({ set: ['offsets.topic.replication.factor=3'] });
    const log = testKafka(kafka.brokers);
    const topic = 'cold';
    await eventually(async () => {
      right(await log.ensureTopics([{ name: topic, partitions: 1, retentionSeconds: 3_600 }])());
    });
    const seen: string[] = [];
    const handle = async ({ messages }: MessageBatch) => void seen.push(...messages.map(({ value }) => value));
    const consumer = right(await log.subscribe({ topic, group: 'cold-readers', handle })());
    await eventually(() => log.warned.length > 0);
    right(await log.publish(topic, message('published meanwhile'))());
    await kafka.kill();
    await kafka.restart();
    await eventually(() => seen.includes('published meanwhile'));
    const waited = log.warned.filter((line) => line === 'Waiting for Kafka: a consumer cannot join its group');
    expect(waited).toHaveLength(1);
    await consumer.stop();
    await log.close();
    await kafka.stop();
  });
});
