import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { describeWith, ownPrefix } from '../../support/engines/describe-with.js';
import { eventually } from '../../support/eventually.js';
import { message, right, testKafka } from './support.js';

await describeWith('kafka', ({ brokers }) => {
  it('an idle log sets few timers: nothing looks a thousand times a second for work', async () => {
    const repeat = globalThis.setInterval;
    let repeated = 0;
    globalThis.setInterval = Object.assign((...given: Parameters<typeof repeat>) => {
      repeated += 1;
      return repeat(...given);
    });
    const log = testKafka(brokers, { prefix: ownPrefix() });
    right(await log.ensureTopics([{ name: 'idle', partitions: 1, retentionSeconds: 3_600 }])());
    const seen: string[] = [];
    const handle = async ({ messages }: MessageBatch) => void seen.push(...messages.map(({ value }) => value));
    const consumer = right(await log.subscribe({ topic: 'idle', group: 'idle', handle })());
    right(await log.publish('idle', message('one'))());
    await eventually(() => seen.length === 1);

    const set = globalThis.setTimeout;
    let timers = 0;
    const counting: typeof set = Object.assign(
      (...given: Parameters<typeof set>) => {
        timers += 1;
        return set(...given);
      },
      { __promisify__: set.__promisify__ },
    );
    globalThis.setTimeout = counting;
    await new Promise((resolve) => set(resolve, 1_000));
    globalThis.setTimeout = set;
    globalThis.setInterval = repeat;
    expect(timers).toBeLessThan(100);
    expect(repeated).toBe(0);
    await consumer.stop();
    await log.close();
  });
});
