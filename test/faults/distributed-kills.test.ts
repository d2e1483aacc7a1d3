import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deployment, deploy } from '../support/distributed/deployment.js';
import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { judged, openSale, told } from '../support/distributed/sale.js';
import { describeWith } from '../support/engines/describe-with.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { isSigned, subscribe, webhookReceiver } from '../support/webhook-receiver.js';

const KILLS = 20;
const QUANTITY = 1_500;

await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  let set: Deployment;
  let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
  let turn = 0;

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
    receiver = await webhookReceiver();
    const variables = {
      KAFKA_SESSION_TIMEOUT_MS: '1500',
      KEYS_SECRET: 'a secret that is long enough for every key',
      WEBHOOK_RETRY_MS: '10',
    };
    set = await deploy(engines, variables, [
      ['api'],
      ['api', 'scheduler'],
      ['worker', 'relay'],
      ['worker', 'relay'],
      ['projector'],
    ]);
  });
  afterAll(async () => {
    await receiver.close();
    await set.stop();
    await engines.stop();
  });
  const url = (): string => set.apis[(turn += 1) % 2]?.url ?? '';

  test('a process killed twenty times, whichever it is, in a burst: every 202 is answered, no answer changes, exactly the quantity is issued, and a receiver of webhooks that was away misses nothing', async () => {
    const sale = await openSale(url, QUANTITY);
    const endpointAt = await subscribe(url, { url: receiver.url, eventTypes: ['COUPON_CREATED'] });
    const created: string[] = [];
    const create = async (couponId: string): Promise<void> => {
      const terms = { couponId, name: 'C', quantity: 1, discount: { kind: 'AMOUNT', value: 1 } };
      const answer = await http(`${url()}/api/coupons`, terms).catch(() => null);
      if (answer?.status === 201) created.push(couponId);
    };
    const burst = sale.stream(8);
    const early = new Map<string, string>();
    const remember = async (requestId: string): Promise<boolean> => {
      const answer = await sale.statusOf(requestId).catch(() => null);
      if (answer?.status !== 200 || answer.body['status'] === 'PROCESSING') return false;
      early.set(requestId, JSON.stringify(answer.body));
      return true;
    };
    await eventually(async () => {
      const [first] = sale.accepted.keys();
      return first !== undefined && (await remember(first));
    });
    const replacing: Array<Promise<void>> = [];
    const creating: Array<Promise<void>> = [];
    for (let kills = 0, last = -1; kills < KILLS; kills += 1) {
      // Nothing is waited for: the moment of each kill is left to chance.
      await sleep(randomInt(5, 300));
      // Two at a time at most are starting anew: the others go on.
      await replacing.at(-2);
      let nth = randomInt(set.members().length);
      if (nth === last) nth = (nth + 1) % set.members().length;
      replacing.push(set.replace(nth));
      last = nth;
      creating.push(create(`told-of-${kills}`));
      const requestId = [...sale.accepted.keys()].at(-50);
      if (requestId !== undefined) await remember(requestId);
    }
    await Promise.all([...replacing, ...creating]);
    await burst.stop();
    expect(sale.accepted.size).toBeGreaterThan(KILLS * 10);
    expect(created).not.toEqual([]);
    await receiver.open();

    while (Number((await sale.coupon()).body['issued']) < QUANTITY) {
      await sale.rush(200);
      await sale.finals();
    }
    const finals = await sale.finals();
    for (const [requestId, answer] of early) expect(finals.get(requestId)).toBe(answer);
    // One whose 202 was lost with the process that gave it may hold one too.
    expect(told(finals, 'SUCCESS')).toBeLessThanOrEqual(QUANTITY);
    await eventually(async () => expect((await sale.coupon()).body).toMatchObject({ issued: QUANTITY, remaining: 0 }));
    await eventually(async () => expect(await sale.ask()).toMatchObject({ body: { code: 'SOLD_OUT' } }));
    expect(await sale.verify()).toMatchObject({ verdict: 'PASS', reasons: [] });
    const taken = () => receiver.taken.map(({ body }) => body['couponId']);
    await eventually(() => expect(taken()).toEqual(expect.arrayContaining(created)));
    await eventually(async () =>
      expect((await http(`${url()}${endpointAt}`)).body).toMatchObject({
        lagMs: 0,
        lastFailure: null,
        lastDeadLetter: null,
      }),
    );
    await eventually(async () => {
      const secret = String((await http(`${url()}${endpointAt}/secret`)).body['secret']);
      expect(receiver.taken.filter((message) => !isSigned(message, secret))).toEqual([]);
    });
    const outcomes = async () => (await http(`${url()}/admin/projections/outcomes/verify`)).body;
    expect(await judged(outcomes)).toMatchObject({ verdict: 'PASS' });
  });
});
