import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { type KafkaMessageLog } from '../../../src/adapters/kafka/kafka-message-log.js';
import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { describeWith, ownPrefix } from '../../support/engines/describe-with.js';
import { eventually } from '../../support/eventually.js';
import { message, right, testKafka } from './support.js';

const told = z.object({
  what: z.enum(['assigned', 'begins', 'ends']),
  partition: z.number(),
  offsets: z.array(z.number()),
});
type Told = z.infer<typeof told>;

const startConsumer = (...arguments_: ReadonlyArray<string>) => {
  const heard: Told[] = [];
  const child = fork(join(import.meta.dirname, 'children', 'consumer.ts'), [...arguments_], {
    execArgv: ['--import', './test/support/run-typescript.mjs'],
  });
  child.on('message', (said) => void heard.push(told.parse(said)));
  const dead = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const partitions = () => heard.filter(({ what }) => what === 'assigned').at(-1)?.offsets ?? [];
  const offsets = (what: Told['what']) =>
    heard.filter((each) => each.what === what).flatMap((each) => each.offsets.map((at) => `${each.partition}/${at}`));
  return {
    partitions,
    offsets,
    kill: async () => {
      child.kill('SIGKILL');
      await dead;
    },
  };
};

await describeWith('kafka', ({ brokers }) => {
  const own = ownPrefix();
  let log: KafkaMessageLog;
  let topic: string;
  let count = 0;
  const stopping: Array<() => Promise<void>> = [];

  beforeAll(() => {
    log = testKafka(brokers);
  });
  afterAll(() => log.close());
  beforeEach(async () => {
    topic = `${own}${(count += 1)}`;
    right(await log.ensureTopics([{ name: topic, partitions: 2, retentionSeconds: 3_600 }])());
  });
  afterEach(async () => {
    await Promise.all(stopping.splice(0).map((stop) => stop()));
  });

  const publish = async (keys: number, each: number) => {
    const all = Array.from({ length: keys * each }, (_, n) => message(String(n), `coupon-${n % keys}`));
    const published = await Promise.all(all.map((one) => log.publish(topic, one)()));
    return published.map(right).map(({ partition, offset }) => `${partition}/${offset}`);
  };
  const committed = async (group: string) =>
    right(await log.lag(topic, group)()).map(({ committed: offset }) => offset);

  it('gives the partitions of a consumer killed in the middle of a batch to the other one, from its last commit', async () => {
    const survivor = startConsumer(brokers.join(','), topic, 'pair');
    const victim = startConsumer(brokers.join(','), topic, 'pair');
    stopping.push(survivor.kill, victim.kill);
    await eventually(() => survivor.partitions().length === 1 && victim.partitions().length === 1);

    const all = await publish(40, 50);
    const midBatch = () => victim.offsets('begins').length - victim.offsets('ends').length;
    await eventually(() => victim.offsets('ends').length > 100 && midBatch() > 0);
    const [orphan = -1] = victim.partitions();
    await victim.kill();
    const committedThen = (await committed('pair'))[orphan] ?? -1;

    await eventually(() => survivor.partitions().length === 2);
    await eventually(() => {
      const ended = new Set([...survivor.offsets('ends'), ...victim.offsets('ends')]);
      return all.every((at) => ended.has(at));
    });
    const inherited = survivor.offsets('begins').filter((at) => at.startsWith(`${orphan}/`));
    expect(committedThen).toBeGreaterThan(0);
    expect(inherited[0]).toBe(`${orphan}/${committedThen}`);
    // Whatever was begun and not ended was begun again.
    const ended = new Set(victim.offsets('ends'));
    expect(inherited).toEqual(expect.arrayContaining(victim.offsets('begins').filter((at) => !ended.has(at))));
  });

  it('gives the partition of a killed consumer to its successor long before the session of the dead one is over', async () => {
    const longSession = '600000';
    const start = () => startConsumer(brokers.join(','), topic, 'succession', longSession);
    const [survivor, victim] = [start(), start()];
    stopping.push(survivor.kill, victim.kill);
    await eventually(() => survivor.partitions().length === 1 && victim.partitions().length === 1);
    await victim.kill();
    const successor = start();
    stopping.push(successor.kill);
    await eventually(() => successor.partitions().length === 1 && survivor.partitions().length === 1);
    const all = await publish(20, 5);
    await eventually(() => {
      const ended = new Set([...survivor.offsets('ends'), ...successor.offsets('ends')]);
      return all.every((at) => ended.has(at));
    });
  });

  it('does not commit a batch that ends after its partition went to another, and never handles one partition twice at a time', async () => {
    const all = await publish(20, 5);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const old = testKafka(brokers);
    const young = testKafka(brokers);
    stopping.push(old.close, young.close);
    const running = new Map<string, number>();
    let together = 0;
    const enter = (who: string, { partition }: MessageBatch, by: number) => {
      const now = (running.get(`${who}${partition}`) ?? 0) + by;
      running.set(`${who}${partition}`, now);
      together = Math.max(together, now);
    };

    let begun = 0;
    const byOld: string[] = [];
    const first = right(
      await old.subscribe({
        topic,
        group: 'moved',
        handle: async (batch) => {
          enter('old', batch, 1);
          begun += 1;
          await held;
          byOld.push(...batch.messages.map(({ offset }) => `${batch.partition}/${offset}`));
          enter('old', batch, -1);
        },
      })(),
    );
    await eventually(() => begun === 2);

    const byYoung: string[] = [];
    let assigned: ReadonlyArray<number> = [];
    right(
      await young.subscribe({
        topic,
        group: 'moved',
        onAssigned: (partitions) => (assigned = partitions),
        handle: async (batch) =>
          void byYoung.push(...batch.messages.map(({ offset }) => `${batch.partition}/${offset}`)),
      })(),
    );
    // The rebalance does not wait for the batches being handled.
    await eventually(() => assigned.length === 1);
    const moved = all.filter((at) => at.startsWith(`${assigned[0]}/`));
    await eventually(() => moved.every((at) => byYoung.includes(at)));
    const after = (await publish(20, 1)).filter((at) => at.startsWith(`${assigned[0]}/`));
    await eventually(() => after.every((at) => byYoung.includes(at)));
    await eventually(async () => (await committed('moved'))[assigned[0] ?? -1] === moved.length + after.length);

    release();
    const kept = assigned[0] === 0 ? 1 : 0;
    const head = right(await log.lag(topic, 'moved')())[kept]?.head;
    await eventually(async () => (await committed('moved'))[kept] === head);
    expect((await committed('moved'))[assigned[0] ?? -1]).toBe(moved.length + after.length);
    expect(new Set(byYoung).size).toBe(byYoung.length);
    expect(together).toBe(1);
    await first.stop();
  });

  it('hands over without a repetition when a consumer stops in the middle of a batch', async () => {
    const seen: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let inHand = 0;
    const handle = async ({ partition, messages }: MessageBatch) => {
      inHand += 1;
      if (seen.length > 50) await held;
      inHand -= 1;
      seen.push(...messages.map(({ offset }) => `${partition}/${offset}`));
    };
    const subscription = { topic, group: 'relay', batchSize: 7, handle };
    const first = right(await log.subscribe(subscription)());
    const all = await publish(20, 20);
    await eventually(() => seen.length > 50 && inHand > 0);
    const stopped = first.stop();
    release();
    await stopped;
    expect(seen.length).toBeLessThan(all.length);
    const second = right(await log.subscribe(subscription)());
    await eventually(() => seen.length >= all.length);
    expect(seen.toSorted()).toEqual(all.toSorted());
    await second.stop();
  });
});
