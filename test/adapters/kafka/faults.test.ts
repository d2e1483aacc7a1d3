import { either as E } from 'fp-ts';
import { type KafkaMessageLog } from '../../../src/adapters/kafka/kafka-message-log.js';
import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { freePort } from '../../support/engines/free-port.js';
import { type OwnKafka, startOwnKafka } from '../../support/engines/own-kafka.js';
import { eventually } from '../../support/eventually.js';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.js';
import { message, right, testKafka, valuesOf } from './support.js';

await describeWith('kafka', () => {
  let kafka: OwnKafka;
  let proxy: FaultProxy;
  let log: ReturnType<typeof testKafka>;
  let direct: KafkaMessageLog;
  let topic: string;
  let count = 0;

  const publish = (value: string) => log.publish(topic, message(value))();
  const publishedAtLast = (value: string) => eventually(async () => E.isRight(await publish(value)));

  beforeAll(async () => {
    const port = await freePort();
    proxy = await startFaultProxy({ port });
    kafka = await startOwnKafka({ port, advertised: proxy.port });
    log = testKafka(kafka.brokers);
    direct = testKafka(kafka.brokers);
  });
  afterAll(async () => {
    await log.close();
    await direct.close();
    await kafka.stop();
    await proxy.close();
  });
  beforeEach(async () => {
    topic = `faults-${(count += 1)}`;
    await eventually(async () => {
      right(await log.ensureTopics([{ name: topic, partitions: 1, retentionSeconds: 3_600 }])());
    });
    await publishedAtLast('first');
  });

  it('does not know the outcome of a publish to a frozen broker; published again, it is there', async () => {
    kafka.freeze();
    const answers = await Promise.all([publish('a'), publish('b')]);
    expect(answers).toEqual([E.left('PublishOutcomeUnknown'), E.left('PublishOutcomeUnknown')]);
    kafka.thaw();
    await publishedAtLast('a');
    await publishedAtLast('b');
    expect(new Set(await valuesOf(direct, topic))).toEqual(new Set(['first', 'a', 'b']));
  });

  it('never acknowledges a message that took the sequence number of one whose acknowledgement was lost', async () => {
    proxy.drop('toClient');
    expect(await publish('written, never acknowledged')).toEqual(E.left('PublishOutcomeUnknown'));
    await proxy.heal();
    await publishedAtLast('another of the same count');
    await eventually(async () => (await valuesOf(direct, topic)).includes('another of the same count'));
    expect(await valuesOf(direct, topic)).toEqual([
      'first',
      'written, never acknowledged',
      'another of the same count',
    ]);
  });

  it('fails at once, and knows it, while no broker can be reached; and comes back by itself', async () => {
    await proxy.refuse();
    await eventually(() => log.health() === 'down');
    await eventually(async () => {
      const at = Date.now();
      expect(await publish('refused')).toEqual(E.left('PublishFailed'));
      expect(Date.now() - at).toBeLessThan(100);
    });
    await proxy.heal();
    await eventually(() => log.health() === 'ok');
    await publishedAtLast('back');
    await eventually(async () => (await valuesOf(direct, topic)).includes('back'));
    expect(await valuesOf(direct, topic)).not.toContain('refused');
  });

  it('what was acknowledged before the broker was killed is read by consumers that were there all the time', async () => {
    const seen = new Set<string>();
    const handle = async ({ messages }: MessageBatch) => messages.forEach(({ value }) => void seen.add(value));
    const consumer = right(await log.subscribe({ topic, group: `${topic}-readers`, handle })());
    await eventually(() => seen.has('first'));

    const accepted: string[] = [];
    let burst = true;
    const publishing = (async () => {
      for (let n = 0; burst; n += 1) {
        const values = Array.from({ length: 50 }, (_, index) => `${n}-${index}`);
        const answers = await Promise.all(values.map(publish));
        accepted.push(...values.filter((_, index) => answers[index]?._tag === 'Right'));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await eventually(() => accepted.length > 500);
    await kafka.kill();
    await eventually(() => log.health() === 'down');
    await kafka.restart();
    const before = accepted.length;
    await eventually(() => accepted.length > before + 500);
    burst = false;
    await publishing;

    await eventually(() => accepted.every((value) => seen.has(value)));
    await consumer.stop();
  });

  it('says once that it cannot tell how far consumers are behind, however many ask and however often', async () => {
    const ask = () => Promise.all(['a', 'b', 'c'].map((group) => log.lag(topic, group)()));
    await proxy.refuse();
    await eventually(async () => (await ask()).every(E.isLeft));
    const told = () => log.warned.filter((line) => line.startsWith('How far consumers are behind'));
    await ask();
    expect(told()).toHaveLength(1);
    await proxy.heal();
    await eventually(async () => (await ask()).every(E.isRight));
    expect(told()).toHaveLength(1);
  });

  it('a consumer commits what it handled once the broker it lost is back', async () => {
    const handled: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const handle = async ({ messages }: MessageBatch) => {
      handled.push(...messages.map(({ value }) => value));
      await held;
    };
    const consumer = right(await log.subscribe({ topic, group: `${topic}-held`, handle })());
    await eventually(() => handled.length === 1);
    await proxy.refuse();
    release();
    await proxy.heal();
    await eventually(async () => right(await log.lag(topic, `${topic}-held`)())[0]?.committed === 1);
    await publishedAtLast('next');
    await eventually(() => handled.includes('next'));
    await consumer.stop();
  });
});
