import { either as E, option as O, taskEither, type taskEither as TE } from 'fp-ts';
import { connectRedis, type RedisConnection } from '../../../src/adapters/redis/connection.js';
import { redisAdmissionGate, type RedisAdmissionGate } from '../../../src/adapters/redis/gate/admission-gate.js';
import { type Admission, type GateState, type LoadGateState } from '../../../src/application/ports/admission-gate.js';
import { type Clock } from '../../../src/application/ports/clock.js';
import { movedClock } from '../../support/moved-clock.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';

export const answerOf = async <L, A>(task: TE.TaskEither<L, A>): Promise<A> => {
  const result = await task();
  if (E.isLeft(result)) throw new Error(String(result.left));
  return result.right;
};

export const coupon = (couponId: string, quantity: number, more: Partial<GateState> = {}): GateState => ({
  couponId,
  revision: 0,
  quantity,
  opensAt: null,
  closesAt: null,
  status: 'Issuing',
  sale: 'Open',
  holders: [],
  ...more,
});

export const asks = (couponId: string, n: number, requestId = `${couponId}-request-${n}`): Admission => ({
  couponId,
  userId: `user-${n}`,
  requestId,
  at: 1_000 + n,
});

export const loading =
  (...states: ReadonlyArray<GateState>): LoadGateState =>
  (couponId) =>
    taskEither.right(O.fromNullable(states.find((state) => state.couponId === couponId)));

export interface GateProcess extends RedisAdmissionGate {
  readonly connection: RedisConnection;
  readonly end: () => Promise<void>;
}

/** Where no fault is being tested, a machine busy with other tests must not look like one. */
export const PATIENT_MS = 3_000;

/** A gate as one process has it: a connection of its own. */
export const gateProcess = async (
  url: string,
  load: LoadGateState,
  clock: Clock = movedClock(1_000),
  hotMs = PATIENT_MS,
): Promise<GateProcess> => {
  const connection = await connectRedis(accessTo(url), silentLog, { hotMs });
  const opened = redisAdmissionGate(connection, load, silentLog, clock.now);
  return {
    ...opened,
    connection,
    end: async () => {
      opened.close();
      await connection.close();
    },
  };
};

/** What the process that restores the gate does once it has replayed the log. */
export const declareWhole = async ({ memory }: RedisAdmissionGate): Promise<void> => {
  const loss = await answerOf(memory.loss());
  if (O.isSome(loss)) expect(await answerOf(memory.repaired(loss.value))).toBe(true);
};
