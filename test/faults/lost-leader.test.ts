import { rehearseFlashSale } from '../../src/rehearsal/flash-sale/rehearse-flash-sale.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { type Cluster, startCluster } from '../support/eventstoredb-stand-in/cluster.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const IMPATIENT = {
  ORDER_HOLD_SECONDS: '5',
  PAYMENT_HOLD_SECONDS: '6',
  GATEWAY_TIMEOUT_MS: '300',
  WAITING_CLAIM_MS: '2000',
};

describe('A shop on three nodes of EventStoreDB', () => {
  let cluster: Cluster;
  let server: RunningServer;

  beforeAll(async () => {
    cluster = await startCluster(newDir(), '24.6');
    server = await startInProcess(newDir(), { ...IMPATIENT, EVENTSTORE_URL: cluster.connectionString });
  });
  afterAll(async () => {
    await server.stop();
    await cluster.stop();
  });

  test('keeps what it promised in a flash sale whose leader dies, and whose next one resigns: nobody hears of it but by a 503', async () => {
    const began = await cluster.head();
    const plan = { users: 120, stock: 90, coupons: 60, activeLimit: 40, sockets: 32, finalWithinMs: 40_000 };
    const rehearsal = rehearseFlashSale({ ...plan, url: server.url });
    await eventually(async () => expect(await cluster.head()).toBeGreaterThan(began + 150));
    await cluster.loseLeader();
    await cluster.bringBack();
    const after = await cluster.head();
    await eventually(async () => expect(await cluster.head()).toBeGreaterThan(after + 50));
    await cluster.deposeLeader();

    const { faults, verified, settled, passed } = await rehearsal;
    expect({ faults, verified: verified.filter(({ verdict }) => verdict !== 'PASS'), passed }).toEqual({
      faults: [],
      verified: [],
      passed: true,
    });
    expect(settled.length).toBeGreaterThan(0);
  });
});
