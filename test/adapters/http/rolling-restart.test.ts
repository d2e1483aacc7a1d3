import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { startBalancer } from '../../support/server/balancer.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

test('servers behind a balancer are replaced one after the other, and nobody is reset or refused', async () => {
  let behind = [await serve(), await serve()];
  const balancer = await startBalancer(() => behind.map(({ url }) => url));
  await eventually(() => behind.every(({ url }) => balancer.sends(url)));
  let isSelling = true;
  let answered = 0;
  const answers = new Set<number>();
  const customer = async (): Promise<void> => {
    while (isSelling) {
      const answer = await fetch(`${balancer.url}/api/coupons/c-1`);
      await answer.arrayBuffer();
      answers.add(answer.status);
      answered += 1;
      await sleep(10);
    }
  };
  const customers = Array.from({ length: 8 }, customer);
  for (const old of [...behind]) {
    const before = answered;
    await eventually(() => answered > before + 50);
    // Much longer than the balancer takes to notice, also on a slow machine.
    await old.server.close({ noticeMs: 3_000, timeoutMs: 30_000 });
    const fresh = await serve();
    behind = [...behind.filter((one) => one !== old), fresh];
    await eventually(() => balancer.sends(fresh.url));
  }
  isSelling = false;
  await Promise.all(customers);
  expect(balancer.failures).toEqual([]);
  expect([...answers]).toEqual([200]);
  await balancer.close();
});
