import { rehearseFlashSale } from '../../src/rehearsal/flash-sale/rehearse-flash-sale.js';
import { type Deployment, deploy } from '../support/distributed/deployment.js';
import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';

const IMPATIENT = {
  ORDER_HOLD_SECONDS: '8',
  PAYMENT_HOLD_SECONDS: '10',
  GATEWAY_TIMEOUT_MS: '300',
  WAITING_CLAIM_MS: '2000',
};

await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  let deployment: Deployment;

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
    deployment = await deploy(engines, IMPATIENT);
  });
  afterAll(async () => {
    await deployment.stop();
    await engines.stop();
  });

  test('a flash sale passes on seven processes, Kafka, Redis and the stand-in of EventStoreDB', async () => {
    const plan = { users: 120, stock: 90, coupons: 60, activeLimit: 40, sockets: 32, finalWithinMs: 40_000 };
    const { faults, verified, settled, passed } = await rehearseFlashSale({
      ...plan,
      url: deployment.apis[0]?.url ?? '',
    });
    expect({ faults, verified: verified.filter(({ verdict }) => verdict !== 'PASS'), passed }).toEqual({
      faults: [],
      verified: [],
      passed: true,
    });
    expect(settled.length).toBeGreaterThan(0);
  });
});
