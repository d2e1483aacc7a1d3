import { option as O, taskEither as TE } from 'fp-ts';
import { couponProjections } from '../../../../src/application/coupon/coupon-projections.js';
import { couponRequestMessage } from '../../../../src/application/coupon/coupon-request-message.js';
import { COUPON_ISSUE_REQUESTS } from '../../../../src/application/kernel/messaging/topics.js';
import { type ParkedStream } from '../../../../src/application/kernel/process/parked-streams-view.js';
import { projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { allOutcomesView } from '../../../../src/application/operating/all-projections.js';
import { reconcile } from '../../../../src/application/operating/reconcile/reconcile.js';
import { type Admission, type GateInspection } from '../../../../src/application/ports/admission-gate.js';
import { rightOf } from '../../../support/answer-of.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { AT, created, issuedTo, rejected, sale } from '../../coupon/queries/sale.js';

const world = async () => {
  const running = sale();
  await running.happened([created(5), issuedTo('ana', 1), issuedTo('ben', 2), rejected('cho', 'PAUSED')]);
  const projections = await running.start();
  const inspections = new Map<string, GateInspection>();
  const pending: Admission[] = [];
  const dropped: string[] = [];
  const gate = {
    inspect: (couponId: string) => TE.fromIO(() => O.fromNullable(inspections.get(couponId))),
    pendingSince: (before: number) =>
      TE.fromIO(() => ({ items: pending.filter(({ at }) => at < before), nextCursor: null })),
    drop: (couponId: string) => TE.fromIO(() => void dropped.push(couponId)),
  };
  const log = recordingLog();
  const parked: ParkedStream[] = [];
  const quiet = { log, logger: log, snapshots: noSnapshots, listParkedStreams: TE.right(parked) };
  const setAsideIds = new Set<string>();
  const setAside = TE.right(({ requestId }: Omit<Admission, 'at'>) => TE.fromIO(() => setAsideIds.has(requestId)));
  const drive = () => TE.left({ step: 'LOAD', kind: 'Wait', reason: 'there are no orders' } as const);
  const ports = { ...running.ports, ...quiet, gate, leases: inMemoryLeases(), running: projections, drive, setAside };
  const look = async (heal = false, deep = false) =>
    rightOf(
      await reconcile(ports, [...couponProjections, projectionOf(allOutcomesView)])({
        heal,
        deep,
        correlationId: 'op',
      })(),
    ).findings;
  return { ...running, projections, inspections, pending, parked, setAsideIds, dropped, look };
};

const gateSays = (revision: number, issued: number, quantity = 5): GateInspection => ({
  revision,
  issued,
  quantity,
  pending: [],
});

describe('Reconciling', () => {
  it('finds nothing where everything agrees, even a gate that is a little behind', async () => {
    const { inspections, look, projections } = await world();
    inspections.set('c1', gateSays(1, 1));
    expect(await look(false, true)).toEqual([]);
    await projections.stop();
  });

  it('finds a gate that counts differently, and heals it by letting it forget', async () => {
    const { inspections, look, dropped, projections } = await world();
    inspections.set('c1', gateSays(2, 1));
    expect(await look()).toMatchObject([{ kind: 'STOCK_MISMATCH', subject: 'c1', healed: false }]);
    expect(dropped).toEqual([]);
    expect(await look(true)).toMatchObject([{ kind: 'STOCK_MISMATCH', healed: true }]);
    expect(dropped).toEqual(['c1']);
    await projections.stop();
  });

  it('finds a gate that has seen what never happened', async () => {
    const { inspections, look, projections } = await world();
    inspections.set('c1', gateSays(9, 8));
    expect(await look()).toMatchObject([{ kind: 'SEQUENCE_GAP', subject: 'c1', remedy: { action: 'DROP_GATE' } }]);
    await projections.stop();
  });

  it('finds a gap in the events, and leaves the events alone', async () => {
    const { happened, look, projections } = await world();
    await happened([issuedTo('dan', 4)]);
    expect(await look(true)).toMatchObject([{ kind: 'SEQUENCE_GAP', detail: 'number 3 has place 4', healed: false }]);
    await projections.stop();
  });

  it('finds a place held for nobody, and asks the writer to settle it', async () => {
    const { pending, messageLog, look, projections } = await world();
    const admission = { couponId: 'c1', userId: 'eve', requestId: 'r-eve', at: AT };
    pending.push(admission, { ...admission, userId: 'fay', requestId: 'r-fay', at: Date.now() });
    expect(await look()).toMatchObject([{ kind: 'LEAKED_RESERVATION', subject: 'r-eve' }]);
    expect(messageLog.messages(COUPON_ISSUE_REQUESTS)).toEqual([]);
    expect(await look(true)).toMatchObject([{ kind: 'LEAKED_RESERVATION', healed: true }]);
    expect(messageLog.messages(COUPON_ISSUE_REQUESTS)).toMatchObject([
      { key: 'c1', headers: { 'event-type': 'COUPON_REQUEST_VOIDED', 'request-id': 'r-eve' } },
    ]);
    await projections.stop();
  });

  it('calls no request leaked whose answer may stand in a stream that is passed over', async () => {
    const { pending, parked, look, projections } = await world();
    pending.push({ couponId: 'c1', userId: 'eve', requestId: 'r-eve', at: AT });
    const unread = { revision: 3, eventType: 'CouponSwapped', reason: 'its type is not known', parkedAt: AT };
    const consumer = 'projection outcomes';
    parked.push({ ...unread, consumer, streamId: 'coupon-c2' });
    expect((await look()).map(({ kind }) => kind)).toEqual(['LEAKED_RESERVATION', 'PARKED_STREAM']);
    parked.push({ ...unread, consumer, streamId: 'coupon-c1' });
    expect((await look(true)).map(({ kind }) => kind)).toEqual(['PARKED_STREAM', 'PARKED_STREAM']);
    await projections.stop();
  });

  it('calls no request leaked that is set aside, to be decided later', async () => {
    const { pending, setAsideIds, look, projections } = await world();
    pending.push({ couponId: 'c1', userId: 'eve', requestId: 'r-eve', at: AT });
    setAsideIds.add('r-eve');
    expect(await look(true)).toEqual([]);
    await projections.stop();
  });

  it('calls no request leaked that waits in the log, however long', async () => {
    const { pending, messageLog, look, projections } = await world();
    const admission = { couponId: 'c1', userId: 'eve', requestId: 'r-eve', at: AT };
    pending.push(admission);
    rightOf(
      await messageLog.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(admission, { correlationId: 'test' }))(),
    );
    expect(await look()).toEqual([]);
    await projections.stop();
  });

  it('finds a place still held for a request that is decided', async () => {
    const { pending, dropped, look, projections } = await world();
    pending.push({ couponId: 'c1', userId: 'cho', requestId: 'r-cho', at: AT });
    expect(await look(true)).toMatchObject([{ kind: 'LEAKED_RESERVATION', subject: 'r-cho', healed: true }]);
    expect(dropped).toEqual(['c1']);
    await projections.stop();
  });

  it('finds a view that shows something else, and builds it anew', async () => {
    const { readModels, look, projections } = await world();
    const { live } = rightOf(await readModels.builds('user-coupons')());
    if (O.isNone(live)) throw new Error('Not built');
    const at = rightOf(await readModels.checkpoint(live.value)());
    rightOf(
      await readModels.write(live.value, [{ id: 'ana/c1', document: null, entries: [] }], { from: at, to: at })(),
    );
    expect(await look()).toEqual([]);
    expect(await look(true, true)).toMatchObject([{ kind: 'STALE_VIEW', subject: 'user-coupons', healed: true }]);
    expect(await look(false, true)).toEqual([]);
    await projections.stop();
  });

  it('says so when an engine is away', async () => {
    const { readModels, look, projections } = await world();
    readModels.unavailable = true;
    await expect(look()).rejects.toThrow('UNAVAILABLE');
    readModels.unavailable = false;
    await projections.stop();
  });
});
