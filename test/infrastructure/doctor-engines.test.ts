import { either as E } from 'fp-ts';
import { releaseOf } from '../../src/adapters/kafka/inspect-brokers.js';
import { checkEngines, isTooOld, checkTopics } from '../../src/infrastructure/cli/doctor/check-engines.js';
import { type Config, loadConfig } from '../../src/infrastructure/config/load-config.js';
import { systemClock } from '../../src/infrastructure/system/system-clock.js';
import { describeWith } from '../support/engines/describe-with.js';
import { startOwnEventStore } from '../support/engines/own-event-store.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

const configured = (variables: Readonly<Record<string, string>>): Config => {
  const config = loadConfig(variables);
  if (E.isLeft(config)) throw new Error(config.left.join('\n'));
  return config.right;
};
const found = async (variables: Readonly<Record<string, string>>, clock = systemClock) =>
  (await checkEngines(configured(variables), clock)).map(({ check, state, said }) => `${check} ${state} ${said}`);

await describeWith('redis', ({ url }) => {
  test('of a Redis its version and its clock are told, and a clock that is not ours', async () => {
    const told = await found({ REDIS_URL: url });
    expect(told).toContainEqual(expect.stringMatching(/^redis ok Redis \d+\.\d+/));
    expect(told).toContain('clocks ok The clock of Redis agrees with ours');
    const late = await found({ REDIS_URL: url }, { ...systemClock, now: () => systemClock.now() + 60_000 });
    expect(late).toContainEqual(expect.stringMatching(/^clocks wrong The clock of Redis is (59|60|61) s behind ours/));
  });
});

test('of an EventStoreDB its version is told', async () => {
  const server = await startOwnEventStore('24.6');
  try {
    expect(await found({ EVENTSTORE_URL: server.url })).toContain('eventstoredb ok EventStoreDB 24.6.0 answers');
  } finally {
    await server.stop();
  }
});

test('an EventStoreDB of which a start would be refused, because it holds another shop, is wrong', async () => {
  const server = await startOwnEventStore();
  const start = await startInProcess(newDir(), { EVENTSTORE_URL: server.url, NAMESPACE: 'seoul' });
  await start.stop();
  expect(await found({ EVENTSTORE_URL: server.url, NAMESPACE: 'seul' })).toContainEqual(
    expect.stringMatching(/^eventstoredb wrong NAMESPACE: the event store holds the shop seoul and none called seul/),
  );
  await server.stop();
});

await describeWith('kafka', ({ brokers }) => {
  test('of a Kafka it is told how many brokers it has, whether they are enough, and their release', async () => {
    const KAFKA_BROKERS = brokers.join(',');
    expect(await found({ KAFKA_BROKERS })).toContain('kafka ok Kafka answers: one broker, 3.9 or newer');
    expect(await found({ KAFKA_BROKERS, KAFKA_REPLICATION: '3' })).toContain(
      'kafka wrong Kafka has one broker, fewer than KAFKA_REPLICATION=3: lower it',
    );
  });
});

test('the release of a Kafka is known by what its brokers understand', () => {
  const understanding = (fetch: number, joinGroup = 0) =>
    releaseOf({ 1: { maxVersion: fetch }, 11: { maxVersion: joinGroup } });
  const releases = [understanding(18), understanding(15, 9), understanding(11, 7), understanding(3)];
  expect(releases).toEqual(['3.9', '3.5', '2.5', '0.10']);
  expect(releases.map(isTooOld)).toEqual([false, false, true, true]);
});

test('topics that would lose messages with a broker, or have the time of senders, are named, with what to set', () => {
  const kept = (topic: string, copies: number, inSync: number) => ({ topic, copies, inSync, hasBrokerTime: true });
  const topics = [kept('safe', 3, 2), kept('once', 1, 1), kept('alone', 3, 1)];
  expect(checkTopics(topics, 1).map(({ said }) => said)).toEqual([
    'Topics that accept a message which only one broker has: alone. Set min.insync.replicas=2 with kafka-configs.sh',
  ]);
  expect(checkTopics(topics, 3).map(({ said }) => said)).toEqual([
    'Topics with fewer copies than KAFKA_REPLICATION=3: once. Add copies with kafka-reassign-partitions.sh',
    expect.stringContaining('alone'),
  ]);
  expect(checkTopics([kept('once', 1, 1)], 1)).toEqual([]);
  expect(checkTopics([{ ...kept('theirs', 1, 1), hasBrokerTime: false }], 1)).toMatchObject([
    { state: 'warning', said: expect.stringMatching(/ theirs\. Set message\.timestamp\.type=LogAppendTime /) },
  ]);
  expect(checkTopics(null, 1)).toMatchObject([{ state: 'warning', said: expect.stringContaining('did not say') }]);
});
