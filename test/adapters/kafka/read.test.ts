import { either as E } from 'fp-ts';
import { watchedSockets } from '../../../src/adapters/kafka/sockets.js';
import { type AdminCalls } from '../../../src/adapters/kafka/admin.js';
import { kafkaClient } from '../../../src/adapters/kafka/client.js';
import { kafkaSettings } from '../../../src/adapters/kafka/options.js';
import { type PartitionReader } from '../../../src/adapters/kafka/partition-reader.js';
import { readPartition } from '../../../src/adapters/kafka/read.js';
import { type LoggedMessage } from '../../../src/application/ports/message-log.js';
import { rightOf } from '../../support/answer-of.js';
import { recordingLog, recordingMetrics } from '../../support/in-memory/quiet.js';

const message = (offset: number): LoggedMessage => ({
  topic: 'orders',
  partition: 0,
  offset,
  loggedAt: 0,
  key: 'k',
  value: '{}',
  headers: {},
});

/** A partition of so many messages on a broker that answers the fetches as told. */
const reading = (count: number, fetches: ReadonlyArray<ReadonlyArray<LoggedMessage>>) => {
  const settings = kafkaSettings({ brokers: ['none:1'], log: recordingLog(), metrics: recordingMetrics() });
  const offsets = { partition: 0, offset: String(count), high: String(count), low: '0' };
  const admin: AdminCalls = {
    call: (_, ask) =>
      ask({ ...kafkaClient(settings, 0, watchedSockets()).admin(), fetchTopicOffsets: async () => [offsets] }),
    close: async () => undefined,
  };
  const left = [...fetches];
  const reader: PartitionReader = { fetch: async () => [...(left.shift() ?? [])], close: async () => undefined };
  return readPartition(admin, reader, settings)({ topic: 'orders', partition: 0, offset: 0 }, 100)();
};

describe('Reading a partition', () => {
  it('asks again where a fetch brought nothing though there is more', async () => {
    const read = rightOf(await reading(3, [[message(0)], [], [], [message(1), message(2)]]));
    expect(read.map(({ offset }) => offset)).toEqual([0, 1, 2]);
  });

  it('does not take what it has for all there is when nothing more comes', async () => {
    expect(await reading(3, [[message(0)]])).toEqual(E.left('LogUnavailable'));
  });

  it('answers an empty one with nothing', async () => {
    expect(rightOf(await reading(0, []))).toEqual([]);
  });
});
