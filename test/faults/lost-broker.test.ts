import { randomUUID } from 'node:crypto';
import { inspectTopics } from '../../src/adapters/kafka/inspect-topics.js';
import { topics } from '../../src/application/kernel/messaging/topics.js';
import { type Deployment, deploy } from '../support/distributed/deployment.js';
import { type EngineSetOfThree, startThreeBrokers } from '../support/distributed/engine-set.js';
import { openSale, told } from '../support/distributed/sale.js';
import { describeWith } from '../support/engines/describe-with.js';
import { eventually } from '../support/eventually.js';
import { recordingLog, recordingMetrics } from '../support/in-memory/quiet.js';

const QUANTITY = 100_000;
/** By then other brokers lead its partitions, and consumers have joined again. */
const ANSWERED_WITHIN_MS = 15_000;

await describeWith('kafka', () => {
  let engines: EngineSetOfThree;
  let set: Deployment;

  beforeAll(async () => {
    engines = await startThreeBrokers();
    set = await deploy(engines, { KAFKA_REPLICATION: '3' }, [
      ['api'],
      ['worker'],
      ['worker'],
      ['projector', 'relay', 'scheduler'],
    ]);
  });
  afterAll(async () => {
    await set.stop();
    await engines.stop();
  });

  test('when the first of three brokers is lost in a sale, requests are accepted again within seconds, and every accepted one is answered', async () => {
    const url = (): string => set.apis[0]?.url ?? '';
    const sale = await openSale(url, QUANTITY);
    const others: number[] = [];
    let goesOn = true;
    // Only the acknowledgement may have been lost: who is told 503 asks again, as the same request.
    const askUntilAccepted = async (userId: string, requestId = randomUUID()): Promise<void> => {
      const { status } = await sale.ask(userId, requestId);
      if (status === 202) return;
      others.push(status);
      if (status === 503) await askUntilAccepted(userId, requestId);
    };
    let people = 0;
    const lane = async (): Promise<void> => {
      while (goesOn) await askUntilAccepted(`user-${(people += 1)}`);
    };
    const lanes = Promise.all([lane(), lane()]);
    await eventually(() => expect(sale.accepted.size).toBeGreaterThan(20));
    await engines.brokers[0]?.kill();
    const lost = performance.now();
    const accepted = sale.accepted.size;
    await eventually(() => expect(sale.accepted.size).toBeGreaterThan(accepted + 5));
    const last = [...sale.accepted.keys()].at(-1) ?? '';
    await eventually(async () => {
      const { status, body } = await sale.statusOf(last);
      expect({ status, isPending: body['status'] === 'PROCESSING' }).toEqual({ status: 200, isPending: false });
    });
    expect(performance.now() - lost).toBeLessThan(ANSWERED_WITHIN_MS);
    goesOn = false;
    await lanes;
    expect(others.filter((status) => status !== 503)).toEqual([]);

    const finals = await sale.finals();
    expect(finals.size).toBe(people);
    await eventually(async () => expect((await sale.coupon()).body).toMatchObject({ issued: told(finals, 'SUCCESS') }));
    expect(await sale.verify()).toMatchObject({ verdict: 'PASS', reasons: [] });

    const brokers = engines.brokers.flatMap((broker) => broker.brokers);
    const options = { brokers, log: recordingLog(), metrics: recordingMetrics() };
    const names = topics(1).map(({ name }) => name);
    const kept = names.map((topic) => ({ topic, copies: 3, inSync: 2, hasBrokerTime: true }));
    expect(await inspectTopics(options, [...names, 'nobodys'])).toEqual(expect.arrayContaining(kept));
  });
});
