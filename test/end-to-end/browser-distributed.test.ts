import { type Page } from 'playwright-core';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { type KafkaEngine } from '../support/engines/engine.js';
import { describeWith } from '../support/engines/describe-with.js';
import { describeWithBrowser } from '../support/engines/describe-with-browser.js';
import { findKafka } from '../support/engines/find-engine.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { tunnelTo } from '../support/tunnel.js';

const discount = { kind: 'PERCENT', value: 10 };
/** What the page runs: the browser's own EventSource, on the origin it was loaded from. */
const LISTEN = `
  window.heard = [];
  window.connections = 0;
  const source = new EventSource('/api/sse/subscribe/ivy');
  source.addEventListener('connected', () => (window.connections += 1));
  source.addEventListener('coupon-issued', ({ data }) => window.heard.push(JSON.parse(data).couponId));
  undefined;
`;

const suite = (kafka: KafkaEngine, browser: Parameters<Parameters<typeof describeWithBrowser>[0]>[0]): void => {
  let engines: EngineSet;
  let servers: ReadonlyArray<RunningServer>;
  let page: Page;
  const newDir = tempDirs();

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
    const first = await startInProcess(newDir(), engines.variables);
    servers = [first, await startInProcess(newDir(), engines.variables)];
    page = await browser().newPage();
  });
  afterAll(async () => {
    await page.close();
    await Promise.all(servers.map(({ stop }) => stop()));
    await engines.stop();
  });

  it('hears each notice once, though it comes back to another process every time its connection is lost', async () => {
    let connections = 0;
    const road = await tunnelTo(() => Number(new URL(servers[(connections += 1) % 2]?.url ?? '').port));
    await page.goto(`http://127.0.0.1:${road.port}/health/live`);
    await page.evaluate(LISTEN);
    const connectedTimes = async (): Promise<number> => Number(await page.evaluate('window.connections'));
    await eventually(async () => expect(await connectedTimes()).toBe(1));
    const coupons = Array.from({ length: 9 }, (_, n) => `browser-${n}`);
    for (const [n, couponId] of coupons.entries()) {
      const url = servers[n % 2]?.url ?? '';
      expect((await http(`${url}/api/coupons`, { couponId, name: couponId, quantity: 1, discount })).status).toBe(201);
      if (n % 3 === 2) road.cut();
      expect((await http(`${url}/api/coupons/${couponId}/issue`, { userId: 'ivy' })).status).toBe(202);
    }
    const heard = async (): Promise<string> => String(await page.evaluate('window.heard.slice().sort().join()'));
    await eventually(async () => expect(await heard()).toBe(coupons.join()));
    await eventually(async () => expect(await connectedTimes()).toBeGreaterThan(1));
    expect(await heard()).toBe(coupons.join());
    road.close();
  });
};

const kafka = await findKafka();
await (kafka.found
  ? describeWithBrowser((browser) => suite(kafka.engine, browser))
  : describeWith('kafka', () => undefined));
