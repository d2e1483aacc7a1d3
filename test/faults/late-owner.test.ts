import { either as E } from 'fp-ts';
import kafkajs from 'kafkajs';
import { type EventStoreDb, openEventStoreDb } from '../../src/adapters/eventstoredb/open-event-store-db.js';
import { couponStream } from '../../src/application/coupon/coupon-aggregate.js';
import { type CouponPaused } from '../../src/domain/coupon/events.js';
import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { type Member, startMember } from '../support/distributed/member.js';
import { type DistributedSale, openSale, told } from '../support/distributed/sale.js';
import { describeWith } from '../support/engines/describe-with.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.js';
import { http } from '../support/server/http.js';

const PARTITIONS = [0, 1, 2];
const partitionMetadata = PARTITIONS.map((partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 0,
  replicas: [],
  isr: [],
}));
const choosePartition = kafkajs.Partitioners.DefaultPartitioner();
const partitionOf = ({ couponId }: DistributedSale): number =>
  choosePartition({ topic: '', partitionMetadata, message: { key: couponId, value: '' } });

/**
 * The narrowest of all places: between a decision and its append. The road of one worker to the event store holds its
 * append back; while it is frozen another one takes over, and then the append arrives.
 */
await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  let road: FaultProxy;
  let store: EventStoreDb;
  let api: Member;
  let old: Member;
  let other: Member;
  const url = (): string => api.url;

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
    road = await startFaultProxy({ port: engines.eventStore.port });
    store = openEventStoreDb({
      connectionString: engines.eventStore.url,
      namespace: `${engines.variables.NAMESPACE}.`,
    });
    const variables = { ...engines.variables, KAFKA_SESSION_TIMEOUT_MS: '1500' };
    const onTheRoad = { ...variables, EVENTSTORE_URL: `esdb://127.0.0.1:${road.port}?tls=false` };
    [api, old, other] = await Promise.all([
      startMember(['api', 'projector', 'relay', 'scheduler'], variables),
      startMember(['worker'], onTheRoad),
      startMember(['worker'], variables),
    ]);
  });
  afterAll(async () => {
    await Promise.all([api, old, other].map(({ kill }) => kill('SIGKILL')));
    await store.close();
    await road.close();
    await engines.stop();
  });

  /** A sale on every partition, so that some are the old worker's; all of them known to their workers. */
  const openSales = async (): Promise<ReadonlyArray<DistributedSale>> => {
    const sales = new Map<number, DistributedSale>();
    while (sales.size < PARTITIONS.length) {
      const sale = await openSale(url, 100);
      sales.set(partitionOf(sale), sale);
    }
    for (const sale of sales.values()) {
      await sale.rush(2);
      await sale.finals();
    }
    return [...sales.values()];
  };

  /** One whose new requests the old worker has decided; what it would append stands on the road. */
  const heldUp = async (sales: ReadonlyArray<DistributedSale>): Promise<DistributedSale> => {
    road.blackhole('toServer');
    const asked = new Map(sales.map((sale) => [sale, new Set(sale.accepted.keys())]));
    for (const sale of sales) await sale.rush(3);
    return eventually(() => {
      const onTheWay = road.underWay('toServer');
      const found = sales.find((sale) =>
        [...sale.accepted.keys()].some((requestId) => !asked.get(sale)?.has(requestId) && onTheWay.includes(requestId)),
      );
      if (found === undefined) throw new Error('Nothing is held back');
      return found;
    });
  };

  const arrives = async (): Promise<void> => {
    await road.heal();
    await eventually(() => road.underWay('toServer').length === 0);
  };
  const eventsOf = async ({ couponId }: DistributedSale) =>
    answerOf(store.store.readStream(couponStream(couponId), 0, 1_000));

  /** Whoever was late goes on from what is written: with the other gone it decides what comes. */
  const goesOnAlone = async (sale: DistributedSale): Promise<void> => {
    await other.kill('SIGKILL');
    const before = sale.accepted.size;
    await sale.rush(4);
    expect(sale.accepted.size).toBe(before + 4);
    await sale.finals();
    other = await startMember(['worker'], { ...engines.variables, KAFKA_SESSION_TIMEOUT_MS: '1500' });
  };

  test('an append that arrives after another owner decided the same requests changes nothing', async () => {
    const sale = await heldUp(await openSales());
    old.freeze();
    const before = await sale.finals();
    const written = await eventsOf(sale);
    await arrives();
    old.thaw();
    await goesOnAlone(sale);
    const after = await sale.finals();
    for (const [requestId, answer] of before) expect(after.get(requestId)).toBe(answer);
    const events = await eventsOf(sale);
    expect(events.slice(0, written.length)).toEqual(written);
    expect(events).toHaveLength(1 + sale.accepted.size);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(await sale.verify()).toMatchObject({ verdict: 'PASS', reasons: [] });
  });

  test('an append that says otherwise than what another owner decided is refused, by the revision it expects', async () => {
    const sale = await heldUp(await openSales());
    // Paused before the requests are decided by whoever comes next; the old owner has granted them in its mind.
    const revision = await answerOf(store.store.lastRevision(couponStream(sale.couponId)));
    const paused: CouponPaused = {
      type: 'CouponPaused',
      couponId: sale.couponId,
      requestId: 'paused-meanwhile',
      actor: 'ops',
      reason: 'stop',
      at: Date.now(),
    };
    const event = { id: 'b7b4a0de-2b3c-5d8e-9a51-0c3b7f1e2d4a', event: paused, metadata: { correlationId: 'ops' } };
    expect(E.isRight(await store.store.append(couponStream(sale.couponId), revision, [event])())).toBe(true);
    old.freeze();
    const before = await sale.finals();
    expect([told(before, 'SUCCESS'), told(before, 'FAILED')]).toEqual([2, 3]);
    const written = await eventsOf(sale);
    await arrives();
    old.thaw();
    // The gate turns people away while the sale is paused; only when it goes on can the late one be tried.
    const resumed = { actor: 'ops', reason: 'go on' };
    expect((await http(`${url()}/api/coupons/${sale.couponId}/resume`, resumed)).status).toBe(200);
    await eventually(async () => (await sale.ask()).status === 202);
    await goesOnAlone(sale);
    const after = await sale.finals();
    for (const [requestId, answer] of before) expect(after.get(requestId)).toBe(answer);
    const events = await eventsOf(sale);
    expect(events.slice(0, written.length)).toEqual(written);
    expect(told(after, 'SUCCESS')).toBe(2 + 5);
    expect(await sale.verify()).toMatchObject({ verdict: 'PASS', reasons: [] });
  });
});
