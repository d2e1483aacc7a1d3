import { setImmediate as nextTurn } from 'node:timers/promises';
import { joinGroup, type Membership } from '../../../src/adapters/kafka/join-group.js';
import { kafkaSettings } from '../../../src/adapters/kafka/options.js';
import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { eventually } from '../../support/eventually.js';
import { recordingLog, recordingMetrics } from '../../support/in-memory/quiet.js';
import { twoBrokers } from './two-brokers.js';

const LENGTH = 20;
const everyOffset = Array.from({ length: LENGTH }, (_, offset) => offset);

let brokers: ReturnType<typeof twoBrokers>;
let handled: number[];
let goOn: () => void;
let member: Membership;

/** The first 5 messages are being handled, the next 5 wait for them, and the answer with the last 10 is on its way. */
beforeEach(async () => {
  brokers = twoBrokers('orders', LENGTH);
  handled = [];
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
  const handle = async ({ messages }: MessageBatch): Promise<void> => {
    handled.push(...messages.map(({ offset }) => offset));
    await mayGoOn;
  };
  const settings = kafkaSettings({ brokers: ['one:9092'], log: recordingLog(), metrics: recordingMetrics() });
  member = await joinGroup({ topic: 'orders', group: 'readers', batchSize: 5, handle }, 2, settings);
  await eventually(() => brokers.anAnswerWaits());
});
afterEach(() => member.leave());

const everythingIsCommitted = () => eventually(() => expect(brokers.committed.get(1)).toBe(String(LENGTH)));

test('when a partition gets another leader while messages of other partitions are on their way, every message is handled once, in order, and nobody joins again', async () => {
  brokers.electBroker2();
  await eventually(() => brokers.seen.refreshes > 0 && brokers.seen.fetchesSinceRefresh > 0);
  brokers.sendAnswers();
  goOn();
  await everythingIsCommitted();
  expect(handled).toEqual(everyOffset);
  expect(brokers.seen.joins).toBe(1);
});

test('when a topic gets another partition while messages are on their way, the consumer joins again and skips none', async () => {
  brokers.addPartition();
  await eventually(() => brokers.seen.partitions === 3);
  // A consumer that joins at once has joined by then.
  await nextTurn();
  brokers.sendAnswers();
  goOn();
  await everythingIsCommitted();
  expect(brokers.seen.joins).toBe(2);
  expect([...new Set(handled)]).toEqual(everyOffset);
});
