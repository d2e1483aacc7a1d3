import { describeWith, ownPrefix } from '../../support/engines/describe-with.js';
import { eventually } from '../../support/eventually.js';
import { allOf, message, right, testKafka, valuesOf } from './support.js';

await describeWith('kafka', ({ brokers }) => {
  it('two shops on one Kafka see nothing of each other: neither messages nor how far a group is', async () => {
    const patient = { publishTimeoutMs: 5_000, callTimeoutMs: 10_000, sessionTimeoutMs: 6_000 };
    const [ours, theirs] = [ownPrefix(), ownPrefix()].map((prefix) => testKafka(brokers, { ...patient, prefix }));
    if (ours === undefined || theirs === undefined) throw new Error('Not opened');
    const topic = { name: 'orders', partitions: 1, retentionSeconds: 3_600 };
    right(await ours.ensureTopics([topic])());
    right(await theirs.ensureTopics([topic])());
    right(await theirs.publish('orders', message('theirs'))());
    right(await ours.publish('orders', message('ours'))());
    expect([await valuesOf(ours, 'orders'), await valuesOf(theirs, 'orders')]).toEqual([['ours'], ['theirs']]);
    expect((await allOf(ours, 'orders')).map(({ topic: name }) => name)).toEqual(['orders']);
    const seen: string[] = [];
    const consumer = right(
      await ours.subscribe({
        topic: 'orders',
        group: 'writers',
        handle: async ({ messages }) => void seen.push(...messages.map(({ value }) => value)),
      })(),
    );
    await eventually(() => expect(seen).toEqual(['ours']));
    await eventually(async () =>
      expect(right(await ours.lag('orders', 'writers')())).toMatchObject([{ committed: 1 }]),
    );
    expect(right(await theirs.lag('orders', 'writers')())).toMatchObject([{ head: 1, committed: 0 }]);
    await consumer.stop();
    await Promise.all([ours.close(), theirs.close()]);
  });
});
