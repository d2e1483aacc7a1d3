import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { embeddedGate } from '../../../../src/adapters/embedded/gate/embedded-gate.js';
import { type PendingPage } from '../../../../src/application/ports/admission-gate.js';
import { admissionGateContract } from '../../../contracts/admission-gate.contract.js';
import { eventually } from '../../../support/eventually.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

admissionGateContract('in memory', async ({ load, clock }) => ({ gate: embeddedGate({ load, clock }) }));

describe('the gate in memory', () => {
  const state = (couponId: string, holders: number) => ({
    couponId,
    revision: holders,
    quantity: 1_000,
    opensAt: null,
    closesAt: null,
    status: 'Issuing' as const,
    sale: 'Open' as const,
    holders: Array.from({ length: holders }, (_, n): [string, string] => [`user-${n}`, `request-${n}`]),
  });
  const ask = (couponId: string) => ({ couponId, userId: 'ana', requestId: `request-for-${couponId}`, at: 0 });

  it('keeps the coupons asked for lately, within its bound of holders', async () => {
    const clock = movedClock(0);
    const gate = embeddedGate({ load: (id) => TE.right(O.some(state(id, 10))), clock, mostHolders: 25 });
    for (const id of ['a', 'b', 'c']) await gate.reserve(ask(id))();
    expect(await gate.inspect('a')()).toStrictEqual(E.right(O.none));
    expect(await gate.inspect('c')()).toMatchObject(E.right({ _tag: 'Some' }));
    expect(await gate.pending('request-for-a')()).toStrictEqual(E.right([ask('a')]));
  });

  it('makes room for a coupon that grew by its events', async () => {
    const gate = embeddedGate({
      load: (id) => TE.right(O.some(state(id, 10))),
      clock: movedClock(0),
      mostHolders: 25,
    });
    for (const id of ['a', 'b']) await gate.reserve(ask(id))();
    const issued = (n: number) =>
      ({ change: 'Issued', couponId: 'b', revision: n, userId: `user-${n}`, requestId: `request-${n}` }) as const;
    await gate.apply([11, 12, 13, 14].map(issued))();
    expect(await gate.inspect('a')()).toStrictEqual(E.right(O.none));
    expect(await gate.inspect('b')()).toMatchObject(E.right(O.some({ revision: 14, issued: 14 })));
  });

  it('forgets a coupon that has not changed for long, and loads it again when it is asked for', async () => {
    let loads = 0;
    const load = () => TE.fromIO(() => O.some(state('a', ++loads)));
    const gate = embeddedGate({ load, clock: movedClock(0), idleMs: 20 });
    await gate.reserve(ask('a'))();
    await eventually(async () => expect(await gate.inspect('a')()).toStrictEqual(E.right(O.none)));
    expect(await gate.reserve({ ...ask('a'), userId: 'ben', requestId: 'second' })()).toMatchObject(
      E.right({ answer: 'Admitted' }),
    );
    expect(loads).toBe(2);
  });

  it('says once of a coupon that its events cannot be read, and loads it as soon as they can', async () => {
    let isReadable = false;
    const log = recordingLog();
    const load = (id: string) => async () => {
      if (!isReadable) throw new Error('of no known type');
      return E.right(O.some(state(id, 3)));
    };
    const gate = embeddedGate({ load, clock: movedClock(0), log });
    for (let n = 0; n < 3; n += 1) expect(await gate.reserve(ask('a'))()).toStrictEqual(E.left('GateUnavailable'));
    expect(log.lines).toStrictEqual([expect.stringContaining('The places of a coupon could not be read')]);
    isReadable = true;
    expect(await gate.reserve(ask('a'))()).toMatchObject(E.right({ answer: 'Admitted' }));
  });

  it('keeps people apart who use the same request id', async () => {
    const clock = movedClock(0);
    const gate = embeddedGate({ load: (id) => TE.right(O.some({ ...state(id, 0), quantity: 3 })), clock });
    const by = (userId: string) => ({ couponId: 'a', userId, requestId: 'mine', at: clock.now() });
    const [ana, ben, cid] = [by('ana'), by('ben'), by('cid')];
    for (const admission of [ana, ben, cid, ben]) await gate.reserve(admission)();
    await gate.restore(ben)();
    const waiting = async () =>
      E.map(({ items }: PendingPage) => items)(await gate.pendingSince(clock.now() + 1, 10)());
    expect(await waiting()).toStrictEqual(E.right([ana, ben, cid]));
    expect(await gate.pending('mine')()).toStrictEqual(E.right([ana, ben, cid]));

    await gate.release(ben)();
    expect(await waiting()).toStrictEqual(E.right([ana, cid]));
    await gate.apply([{ change: 'Issued', revision: 1, couponId: 'a', userId: 'ana', requestId: 'mine' }])();
    await gate.restore(cid)();
    expect(await waiting()).toStrictEqual(E.right([cid]));
    expect(await gate.requestOf('a', 'cid')()).toStrictEqual(E.right(O.some('mine')));
    clock.move(86_400_000);
    expect(await waiting()).toStrictEqual(E.right([]));
    expect(await gate.requestOf('a', 'cid')()).toStrictEqual(E.right(O.none));
  });

  it('forgets each request after its own day, whatever left before it', async () => {
    const clock = movedClock(0);
    const gate = embeddedGate({ load: (id) => TE.right(O.some(state(id, 0))), clock });
    const ids = ['a', 'b', 'c'];
    for (const id of ids) {
      await gate.reserve({ ...ask(id), at: clock.now() })();
      clock.move(1_000);
    }
    await gate.release(ask('a'))();
    const kept = async () => {
      const answers = await Promise.all(ids.map((id) => gate.pending(`request-for-${id}`)()));
      return answers.flatMap((answer) => (E.isRight(answer) ? answer.right.map(({ couponId }) => couponId) : []));
    };
    expect(await kept()).toStrictEqual(['b', 'c']);
    clock.move(86_400_000 - 2_000);
    expect(await kept()).toStrictEqual(['c']);
    clock.move(1_000);
    expect(await kept()).toStrictEqual([]);
  });

  it('says so when the events cannot be read, and recovers by itself', async () => {
    let away = true;
    const load = (id: string) => (away ? TE.left('EventStoreUnavailable' as const) : TE.right(O.some(state(id, 0))));
    const gate = embeddedGate({ load, clock: movedClock(0) });
    expect(await gate.reserve(ask('a'))()).toStrictEqual(E.left('GateUnavailable'));
    away = false;
    expect(await gate.reserve(ask('a'))()).toStrictEqual(E.right({ answer: 'Admitted' }));
  });
});
