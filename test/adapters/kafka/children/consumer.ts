import { testKafka } from '../support.js';

/** A consumer in a process of its own, to be killed. Tells its parent what it begins and ends; one batch takes a moment. */
const [brokers = '', topic = '', group = '', sessionTimeoutMs = '2000'] = process.argv.slice(2);
const log = testKafka(brokers.split(','), { sessionTimeoutMs: Number(sessionTimeoutMs) });

const tell = (what: 'assigned' | 'begins' | 'ends', partition: number, offsets: ReadonlyArray<number>) =>
  void process.send?.({ what, partition, offsets });

await log.subscribe({
  topic,
  group,
  batchSize: 10,
  onAssigned: (partitions) => tell('assigned', -1, partitions),
  handle: async ({ partition, messages }) => {
    const offsets = messages.map(({ offset }) => offset);
    tell('begins', partition, offsets);
    await new Promise((resolve) => setTimeout(resolve, 30));
    tell('ends', partition, offsets);
  },
})();
