import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';
import { eventually } from '../support/eventually.js';
import { type ChildServer, runCli, startBuilt, startChildServer } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { subscribe, webhookReceiver } from '../support/webhook-receiver.js';

type Variables = Readonly<Record<string, string>>;

const newDir = tempDirs();
const KEYS_SECRET = 'a secret that is long enough for every key';
const receivers: Array<Awaited<ReturnType<typeof webhookReceiver>>> = [];
afterAll(() => Promise.all(receivers.map(({ close }) => close())));
const coupon = { couponId: 'moved', name: 'C', quantity: 100_000, discount: { kind: 'PERCENT', value: 10 } };
const request = (url: string, userId: string) =>
  http(`${url}/api/coupons/moved/issue`, { userId, requestId: `r-${userId}` });
const isIssued = (url: string, userId: string) =>
  eventually(async () =>
    expect((await http(`${url}/api/coupons/issue-status/r-${userId}`)).body).toMatchObject({ status: 'SUCCESS' }),
  );
const moveTo = (from: Variables, to: Variables) => {
  const file = join(newDir(), 'new.env');
  writeFileSync(
    file,
    Object.entries(to)
      .map((entry) => entry.join('='))
      .join('\n'),
  );
  return runCli(['move', '--to-env', file, '--json'], from);
};
const isRefused = async (from: Variables, to: Variables, why: string): Promise<void> =>
  expect(await moveTo(from, to)).toMatchObject({ code: 1, stderr: expect.stringContaining(why) });
const move = async (from: Variables, to: Variables) => {
  const moved = await moveTo(from, to);
  expect(moved).toMatchObject({ code: 0, stderr: '' });
  const answer: { closedMs: number; head: string; events: number } = JSON.parse(moved.stdout);
  return answer;
};
const exported = async (variables: Variables) => {
  const { stdout } = await runCli(['export', '--to', join(newDir(), 'history'), '--json'], variables);
  return JSON.parse(stdout);
};

/** People who ask one after the other, until told to stop. */
const startSelling = ({ url }: ChildServer) => {
  const [accepted, refused]: [string[], string[]] = [[], []];
  let isSelling = true;
  const sell = async (): Promise<void> => {
    for (let n = 0; isSelling; n += 1) {
      const { status } = await request(url, `u-${n}`);
      expect([202, 503]).toContain(status);
      (status === 202 ? accepted : refused).push(`u-${n}`);
    }
  };
  const selling = sell();
  const end = (): Promise<void> => {
    isSelling = false;
    return selling;
  };
  return { accepted, refused, end };
};

const movesWhileItSells = async (to: Variables): Promise<void> => {
  const from = newDir();
  const first = await startChildServer(from, { KEYS_SECRET });
  const receiver = await webhookReceiver();
  receivers.push(receiver);
  await receiver.open();
  const webhook = { url: receiver.url, eventTypes: ['COUPON_CREATED', 'COUPON_PAUSED'] };
  const endpointAt = await subscribe(() => first.url, webhook);
  await eventually(async () => expect((await http(`${first.url}/api/coupons`, coupon)).status).toBeLessThan(300));
  const told = () => receiver.taken.map(({ body }) => body.eventType);
  const behind = async () => (await http(`${first.url}${endpointAt}`)).body['lagMs'];
  await eventually(async () => expect([told(), await behind()]).toEqual([['COUPON_CREATED'], 0]));
  const { accepted, refused, end } = startSelling(first);
  await eventually(() => expect(accepted.length).toBeGreaterThan(20));

  const { closedMs, head, events } = await move({ DATA_DIR: from }, to);
  expect(closedMs).toBeLessThan(30_000);
  expect((await request(first.url, 'late')).status).toBe(503);
  await end();
  expect(refused.length).toBeGreaterThan(0);
  await first.kill('SIGTERM');
  for (const side of [{ DATA_DIR: from }, to]) expect(await exported(side)).toMatchObject({ head, events });
  const again = await (await startBuilt({ DATA_DIR: from, HTTP_PORT: '0' })).ended;
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('was moved to') });

  const second = await startInProcess(newDir(), { ...to, KEYS_SECRET });
  for (const userId of accepted) await isIssued(second.url, userId);
  expect((await request(second.url, 'next')).status).toBe(202);
  await isIssued(second.url, 'next');
  expect((await http(`${second.url}/admin/coupons/moved/verify`)).body).toMatchObject({ verdict: 'PASS' });
  for (const step of ['pause', 'resume'])
    expect(await http(`${second.url}/api/coupons/moved/${step}`, { reason: 'x' })).toMatchObject({ status: 200 });
  await eventually(() => expect(told()).toEqual(['COUPON_CREATED', 'COUPON_PAUSED']));
  await second.stop();
};

test('a shop moves to another directory while it sells: it is closed for a moment, and every request accepted has its answer', async () => {
  await movesWhileItSells({ DATA_DIR: newDir() });
});

test('a shop does not move to where it is, to a second place, or over one that has sold on, nor back before it has moved', async () => {
  const [from, to, second] = [newDir(), { DATA_DIR: newDir() }, { DATA_DIR: newDir() }];
  const shop = await startInProcess(from);
  await eventually(async () => expect((await http(`${shop.url}/api/coupons`, coupon)).status).toBeLessThan(300));
  await shop.stop();

  await isRefused({ DATA_DIR: from }, { DATA_DIR: relative('.', from) }, 'that the shop has already');
  await isRefused({ DATA_DIR: from }, { DATA_DIR: from, EVENTSTORE_URL: 'esdb://nowhere:1' }, 'the shop has already');
  const undo = () => runCli(['move', '--undo'], { DATA_DIR: from });
  expect(await undo()).toMatchObject({ code: 1, stderr: expect.stringMatching('nothing to undo') });
  const { head } = await move({ DATA_DIR: from }, to);
  expect(await move({ DATA_DIR: from }, to)).toMatchObject({ head });
  await isRefused({ DATA_DIR: from }, second, `was moved to ${to.DATA_DIR}`);

  const moved = await startInProcess(to.DATA_DIR);
  expect((await request(moved.url, 'next')).status).toBe(202);
  await isIssued(moved.url, 'next');
  await moved.stop();
  const { events } = await exported(to);
  await isRefused({ DATA_DIR: from }, to, 'a shop goes on selling there');
  expect(await exported(to)).toMatchObject({ events });
  expect(await undo()).toMatchObject({ code: 0 });
});

await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  beforeAll(async () => {
    engines = await startEngineSet(kafka);
  });
  afterAll(() => engines.stop());

  test('a shop moves to Kafka, Redis and EventStoreDB while it sells, and back when its servers are stopped', async () => {
    await movesWhileItSells(engines.variables);

    const back = { DATA_DIR: newDir() };
    const { head, events } = await move(engines.variables, back);
    expect(await exported(back)).toMatchObject({ head, events });
    const home = await startInProcess(back.DATA_DIR, { KEYS_SECRET });
    await isIssued(home.url, 'next');
    expect((await request(home.url, 'home')).status).toBe(202);
    await isIssued(home.url, 'home');
    expect((await http(`${home.url}/admin/coupons/moved/verify`)).body).toMatchObject({ verdict: 'PASS' });
    await home.stop();
  });
});
