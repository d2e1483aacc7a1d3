import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { embeddedGate } from '../../../../src/adapters/embedded/gate/embedded-gate.js';
import { embeddedStockGate } from '../../../../src/adapters/embedded/stock-gate/stock-gate.js';
import { loadStockGateState } from '../../../../src/application/checkout/stock/load-stock-gate-state.js';
import { loadGateState } from '../../../../src/application/coupon/load-gate-state.js';
import { type AdmissionGate } from '../../../../src/application/ports/admission-gate.js';
import { type GateMemory } from '../../../../src/application/ports/gate-memory.js';
import { type EventStore } from '../../../../src/application/ports/event-store.js';
import { type StockGate } from '../../../../src/application/ports/stock-gate.js';
import { noSnapshots } from '../../in-memory/no-snapshots.js';
import { recordingLog } from '../../in-memory/quiet.js';
import { type Member } from '../member.js';
import { doing, type Weather } from '../weather.js';

export interface Gates {
  readonly gateOf: (member: Member) => AdmissionGate;
  readonly memoryOf: (member: Member) => GateMemory;
  readonly stockGateOf: (member: Member) => StockGate;
  /** Both forget everything. */
  readonly wipe: () => void;
}

/** The gates of all processes, kept by a server beside them: each answers late, is away, or was told what nobody heard. */
export const simulatedGates = (weather: Weather, store: EventStore, server: Member): Gates => {
  const { clock } = server;
  const loading = { eventStore: slowly(weather, store), snapshots: noSnapshots, logger: recordingLog() };
  const open = () => ({
    gate: embeddedGate({ load: loadGateState(loading), clock }),
    stockGate: embeddedStockGate({ load: loadStockGateState(loading), clock, mostProducts: 100 }),
  });
  let opened = open();
  let losses = 0;
  let repaired = 0;
  const isWhole = (): boolean => repaired === losses;

  return {
    wipe: () => {
      opened = open();
      losses += 1;
    },
    memoryOf: (member) => {
      const told = through(weather, member);
      return {
        loss: () => told(() => async () => E.right(isWhole() ? O.none : O.some(String(losses)))),
        repaired: (loss) =>
          told(() => async () => {
            if (loss === String(losses)) repaired = losses;
            return E.right(isWhole());
          }),
      };
    },
    gateOf: (member) => {
      const told = through(weather, member);
      const remembering =
        <A>(
          found: TE.TaskEither<'GateUnavailable', A>,
          isNone: (answer: A) => boolean,
        ): TE.TaskEither<'GateUnavailable', A> =>
        async () => {
          const answer = await found();
          return E.isRight(answer) && isNone(answer.right) && !isWhole() ? E.left('GateUnavailable') : answer;
        };
      return {
        reserve: (admission) => told(() => opened.gate.reserve(admission)),
        release: (admission) => told(() => opened.gate.release(admission)),
        pending: (requestId) => told(() => remembering(opened.gate.pending(requestId), (found) => found.length === 0)),
        isPending: (asked) => told(() => remembering(opened.gate.isPending(asked), (found) => !found)),
        requestOf: (couponId, userId) => told(() => remembering(opened.gate.requestOf(couponId, userId), O.isNone)),
        restore: (admission) => told(() => opened.gate.restore(admission)),
        apply: (changes) => told(() => opened.gate.apply(changes)),
        pendingSince: (before, limit, cursor) => told(() => opened.gate.pendingSince(before, limit, cursor)),
        inspect: (couponId) => told(() => opened.gate.inspect(couponId)),
        drop: (couponId) => told(() => opened.gate.drop(couponId)),
      };
    },
    stockGateOf: (member) => {
      const told = through(weather, member);
      return {
        reserve: (claim) => told(() => opened.stockGate.reserve(claim)),
        release: (claim) => told(() => opened.stockGate.release(claim)),
        apply: (changes) => told(() => opened.stockGate.apply(changes)),
        inspect: (productId) => told(() => opened.stockGate.inspect(productId)),
        drop: (productId) => told(() => opened.stockGate.drop(productId)),
      };
    },
  };
};

const failures = { away: 'GateUnavailable', unknown: 'GateUnavailable', mayComeLate: false } as const;

/** The gate is asked at one moment, and takes as long as it takes to load what it does not know. */
const through =
  (weather: Weather, member: Member) =>
  <A>(ask: () => TE.TaskEither<'GateUnavailable', A>): TE.TaskEither<'GateUnavailable', A> =>
  async () => {
    const asked = await doing(weather, member, failures, () => E.right(ask()()))();
    return E.isLeft(asked) ? asked : asked.right;
  };

/** What the server of the gate reads takes its time, and does not fail. */
const slowly = ({ time }: Weather, store: EventStore): EventStore => ({
  ...store,
  readStream:
    (...asked) =>
    async () => {
      await time.turn();
      return store.readStream(...asked)();
    },
});
