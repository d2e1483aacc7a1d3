import { rehearseFlashSale } from '../../src/rehearsal/flash-sale/rehearse-flash-sale.js';
import { type Deployment, deploy } from '../support/distributed/deployment.js';
import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';
import { eventually } from '../support/eventually.js';
import { type Balancer, startBalancer } from '../support/server/balancer.js';

const IMPATIENT = {
  ORDER_HOLD_SECONDS: '8',
  PAYMENT_HOLD_SECONDS: '10',
  GATEWAY_TIMEOUT_MS: '300',
  WAITING_CLAIM_MS: '2000',
  DRAIN_NOTICE_MS: '1500',
};

await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  let deployment: Deployment;
  let balancer: Balancer;

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
    deployment = await deploy(engines, IMPATIENT);
    balancer = await startBalancer(() => deployment.apis.map(({ url }) => url));
    await eventually(() => deployment.apis.every(({ url }) => balancer.sends(url)));
  });
  afterAll(async () => {
    await balancer.close();
    await deployment.stop();
    await engines.stop();
  });

  test('a flash sale passes on seven processes, Kafka, Redis and the stand-in of EventStoreDB, while every process is replaced: nobody is reset or refused', async () => {
    const plan = { users: 120, stock: 90, coupons: 60, activeLimit: 40, sockets: 32, finalWithinMs: 40_000 };
    const rehearsal = rehearseFlashSale({ ...plan, url: balancer.url });
    const codes: Array<number | null> = [];
    for (const nth of deployment.members().keys()) codes.push(await deployment.roll(nth));
    const { faults, verified, settled, passed } = await rehearsal;
    expect({ faults, verified: verified.filter(({ verdict }) => verdict !== 'PASS'), passed }).toEqual({
      faults: [],
      verified: [],
      passed: true,
    });
    expect(settled.length).toBeGreaterThan(0);
    expect(codes).toEqual(deployment.members().map(() => 0));
    expect(balancer.failures).toEqual([]);
  });
});
