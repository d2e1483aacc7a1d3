import { consumerLanes } from '../../../src/adapters/kafka/consumer-lanes.js';
import { kafkaSettings } from '../../../src/adapters/kafka/options.js';
import { type MessageBatch } from '../../../src/application/ports/message-log.js';

const nothing = (): void => undefined;

const settings = kafkaSettings({
  brokers: ['127.0.0.1:1'],
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  metrics: { count: nothing, gauge: nothing, observe: nothing },
});

const waiting = (count: number) =>
  Array.from({ length: count }, (_, offset) => ({
    topic: 'requests',
    partition: 0,
    offset,
    loggedAt: 0,
    key: 'coupon-1',
    value: '{}',
    headers: {},
  }));

test('a partition that is given out again is fetched no faster than it is decided, also when the batch of before ends', async () => {
  const asked: string[] = [];
  const ends: Array<() => void> = [];
  const handle = (_: MessageBatch): Promise<void> => new Promise((resolve) => void ends.push(resolve));
  const lanes = consumerLanes(
    { topic: 'requests', group: 'deciders', batchSize: 1, handle },
    { pause: () => void asked.push('pause'), resume: () => void asked.push('resume') },
    settings,
  );
  const commit = async (): Promise<void> => undefined;

  lanes.rebalanced([0]);
  lanes.of(0, commit)?.push(waiting(20));
  await new Promise(setImmediate);
  expect(asked).toEqual(['pause']);

  lanes.rebalanced([0]);
  lanes.of(0, commit)?.push(waiting(20));
  expect(asked).toEqual(['pause', 'resume', 'pause']);

  // What was being decided when the partition was given out again.
  ends.shift()?.();
  while (ends.length === 0) await new Promise(setImmediate);
  expect(asked).toEqual(['pause', 'resume', 'pause']);
});

test('while the last batch is being decided nothing is fetched any more, also when the partition is given out again', async () => {
  const asked: string[] = [];
  let end = nothing;
  const handle = (_: MessageBatch): Promise<void> => new Promise((resolve) => void (end = resolve));
  const lanes = consumerLanes(
    { topic: 'requests', group: 'deciders', handle },
    { pause: () => void asked.push('pause'), resume: () => void asked.push('resume') },
    settings,
  );
  const commit = async (): Promise<void> => undefined;

  lanes.rebalanced([0]);
  lanes.of(0, commit)?.push(waiting(1));
  await new Promise(setImmediate);
  const finished = lanes.finish();
  lanes.rebalanced([0]);
  expect(lanes.of(0, commit)).toBeNull();
  expect(asked).toEqual(['pause']);
  end();
  await finished;
});
