import { either as E, taskEither as TE } from 'fp-ts';
import { boundedPublishing } from '../../../../src/application/kernel/messaging/bounded-publishing.js';
import { type Message } from '../../../../src/application/ports/message-log.js';
import { InMemoryMessageLog } from '../../../support/in-memory/message-log.js';
import { recordingMetrics } from '../../../support/in-memory/quiet.js';
import { gate, numbered, publishAll, sampleMessage } from '../../../support/message-samples.js';

/** A log that answers when it is let. */
const slowLog = () => {
  const disk = gate();
  const log = new InMemoryMessageLog();
  const metrics = recordingMetrics();
  const publish = (topic: string, message: Message) => () => disk.opened.then(log.publish(topic, message));
  return { disk, log: { ...log, publish }, metrics };
};
const roomy = { maxPending: 1_000, maxPendingCharacters: 1_000_000 };

test('too much at once is refused and counted, what was accepted is kept, and then there is room again', async () => {
  const { disk, log, metrics } = slowLog();
  const door = boundedPublishing(log, metrics, { ...roomy, maxPending: 10 });
  const answers = Promise.all(numbered(25).map((message) => door.publish('requests', message)()));
  disk.open();
  expect((await answers).filter(E.isRight)).toHaveLength(10);
  expect((await answers).filter(E.isLeft)).toEqual(Array.from({ length: 15 }, () => E.left('LogOverloaded')));
  expect(metrics.values.get('kafka_producer_record_send_total')).toBe(15);
  expect(await publishAll(door, 'requests', numbered(10))).toHaveLength(10);
});

test('too many characters at once are refused, but never a single message', async () => {
  const { disk, log, metrics } = slowLog();
  const door = boundedPublishing(log, metrics, { ...roomy, maxPendingCharacters: 1_000 });
  const big = sampleMessage('x'.repeat(5_000));
  const answers = Promise.all([big, big].map((message) => door.publish('requests', message)()));
  disk.open();
  expect(await answers).toEqual([E.right({ partition: 0, offset: 0 }), E.left('LogOverloaded')]);
});

test('a message that the log does not take makes room again', async () => {
  const { log, metrics } = slowLog();
  const failing = { ...log, publish: () => TE.left('PublishFailed' as const) };
  const door = boundedPublishing(failing, metrics, { ...roomy, maxPending: 1 });
  for (const message of numbered(3)) expect(await door.publish('requests', message)()).toEqual(E.left('PublishFailed'));
});

test('what follows from accepted requests is not refused because of those at the door', async () => {
  const { disk, log, metrics } = slowLog();
  const door = boundedPublishing(log, metrics, { ...roomy, maxPending: 1 });
  const accepted = door.publish('requests', sampleMessage('first'))();
  const told = numbered(5).map((message) => log.publish('told', message)());
  disk.open();
  expect((await Promise.all([accepted, ...told])).every(E.isRight)).toBe(true);
});
