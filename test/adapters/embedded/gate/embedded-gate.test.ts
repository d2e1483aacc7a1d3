import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { embeddedGate } from '../../../../src/adapters/embedded/gate/embedded-gate.js';
import { admissionGateContract } from '../../../contracts/admission-gate.contract.js';
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
    expect(await gate.pending('request-for-a')()).toStrictEqual(E.right(O.some(ask('a'))));
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
