import { either as E, option as O } from 'fp-ts';
import { connectRedis } from '../../../src/adapters/redis/connection.js';
import { run } from '../../../src/adapters/redis/script.js';
import { couponKeys, inOrder, PENDING_MS } from '../../../src/adapters/redis/gate/keys.js';
import { reserveScript } from '../../../src/adapters/redis/gate/reserve.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';
import { startFaultProxy } from '../../support/fault-proxy.js';
import { movedClock } from '../../support/moved-clock.js';
import { eventually } from '../../support/eventually.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';
import { answerOf, asks, coupon, declareWhole, gateProcess, type GateProcess, loading } from './gate-setting.js';

const people = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: to - from }, (_, n) => from + n);

await describeWith('redis', () => {
  describe('the gate, when Redis fails', () => {
    let server: OwnRedis;
    let one: GateProcess;
    let other: GateProcess;

    beforeEach(async () => {
      server = await startOwnRedis();
      const load = loading(coupon('sale', 50), coupon('open', 1_000_000));
      [one, other] = await Promise.all([gateProcess(server.url, load, undefined, 150), gateProcess(server.url, load)]);
      await declareWhole(one);
    });
    afterEach(async () => {
      server.thaw();
      await Promise.all([one.end(), other.end()]);
      await server.stop();
    });
    const answering = (gate: GateProcess) =>
      eventually(async () => E.isRight(await gate.gate.inspect('sale')()) && (await gate.connection.health()) === 'ok');

    it('takes one place for a request whose answer was lost and that asks again', async () => {
      const proxy = await startFaultProxy({ port: server.port });
      const cutOff = await gateProcess(`redis://127.0.0.1:${proxy.port}`, loading(), movedClock(1_000), 150);
      await answerOf(one.gate.reserve(asks('sale', 1)));
      proxy.drop('toClient');
      expect(await cutOff.gate.reserve(asks('sale', 2))()).toEqual(E.left('GateUnavailable'));
      await eventually(async () => O.isSome(await answerOf(one.gate.requestOf('sale', 'user-2'))));
      await proxy.heal();
      const again = await eventually(() => answerOf(cutOff.gate.reserve(asks('sale', 2))));
      expect(again).toEqual({ answer: 'AlreadyRequested', requestId: 'sale-request-2' });
      expect(await answerOf(one.gate.inspect('sale'))).toMatchObject({
        value: { pending: [asks('sale', 1), asks('sale', 2)] },
      });
      await cutOff.end();
      await proxy.close();
    });

    it('does not act for a caller who has gone: a place is never taken after the deadline', async () => {
      await answerOf(one.gate.reserve(asks('sale', 1)));
      const keys = inOrder(couponKeys('sale'));
      const past = Date.now() - 60_000;
      expect(
        await run(one.connection.steady, reserveScript, keys, [past, 'late', 'late-request', 1, 1 - PENDING_MS]),
      ).toEqual(['Late']);
      server.freeze();
      expect(await one.gate.reserve(asks('sale', 2))()).toEqual(E.left('GateUnavailable'));
      server.thaw();
      await answering(one);
      expect(await answerOf(one.gate.inspect('sale'))).toMatchObject({ value: { pending: [asks('sale', 1)] } });
    });

    describe('takes the clock of a server', () => {
      let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
      let far: Awaited<ReturnType<typeof connectRedis>>;
      const connect = async (): Promise<void> => {
        far = await connectRedis(accessTo(`redis://127.0.0.1:${proxy.port}`), silentLog, { hotMs: 1_000 });
      };
      /** Both are one machine's clock. */
      const aheadMs = () =>
        eventually(() => {
          const deadline = far.deadline();
          if (deadline === null) throw new Error('Its clock is not known yet');
          return deadline - 1_000 - Date.now();
        });
      beforeEach(async () => {
        proxy = await startFaultProxy({ port: server.port });
      });
      afterEach(async () => {
        await far.close();
        await proxy.close();
      });

      it('for no later than it is, however long the way there', async () => {
        proxy.delay(100, 'toServer');
        await connect();
        expect(await aheadMs()).toBeLessThanOrEqual(1);
      });

      it('for no earlier because one of its answers came late', async () => {
        await connect();
        const before = await aheadMs();
        proxy.delay(400, 'toClient');
        far.measureClock();
        // The first stands behind the question for its time, the second comes after its answer was read.
        for (const _ of [1, 2]) await far.hot((redis) => redis.ping());
        expect(await aheadMs()).toBeGreaterThan(before - 100);
      });
    });

    it('costs a frozen server a few calls, then fails at once, and comes back by itself', async () => {
      await answerOf(one.gate.reserve(asks('open', 0)));
      server.freeze();
      const waits: number[] = [];
      for (const n of people(1, 40)) {
        const asked = performance.now();
        expect(await one.gate.reserve(asks('open', n))()).toEqual(E.left('GateUnavailable'));
        waits.push(performance.now() - asked);
      }
      expect(waits.filter((wait) => wait > 100).length).toBeLessThanOrEqual(8);
      expect(await one.connection.health()).toBe('down');
      server.thaw();
      await eventually(async () => E.isRight(await one.gate.reserve(asks('open', 99))()));
      expect(await one.connection.health()).toBe('ok');
    });

    it('says so when the server is full, and takes no more writes, and when it is no longer', async () => {
      await answerOf(one.gate.reserve(asks('sale', 1)));
      await server.ask('CONFIG SET maxmemory 1');
      await eventually(async () => expect(await one.connection.health()).toBe('down'));
      await server.ask('CONFIG SET maxmemory 0');
      await eventually(async () => expect(await one.connection.health()).toBe('ok'));
    });

    it('goes on with a server that ended and was started again, empty', async () => {
      await answerOf(one.gate.reserve(asks('sale', 1)));
      await server.stop();
      expect(await one.gate.reserve(asks('sale', 2))()).toEqual(E.left('GateUnavailable'));
      expect(await one.connection.health()).toBe('down');
      await server.restart();
      await eventually(async () => E.isRight(await one.gate.reserve(asks('sale', 3))()));
    });

    it('never loses its way when it is wiped in the middle of a burst', async () => {
      const patient = await gateProcess(server.url, loading(coupon('sale', 50)));
      const answers = people(0, 1_000).map(async (n) => {
        if (n % 200 === 199) await server.flush();
        return answerOf((n % 2 ? patient : other).gate.reserve(asks('sale', n)));
      });
      const given = await Promise.all(answers);
      await patient.end();
      expect(given.every(({ answer }) => answer === 'Admitted' || answer === 'SoldOut')).toBe(true);
      // Too many may get through, never too few: the aggregate has the last word.
      expect(given.filter(({ answer }) => answer === 'Admitted').length).toBeGreaterThanOrEqual(50);
    });

    it('denies no request after it was wiped, until what stands in the log was put back', async () => {
      await answerOf(one.gate.reserve(asks('sale', 1)));
      await server.flush();
      expect(await one.gate.pending('sale-request-1')()).toEqual(E.left('GateUnavailable'));
      expect(await other.gate.pending('never-asked')()).toEqual(E.left('GateUnavailable'));
      const loss = await answerOf(one.memory.loss());
      expect(await answerOf(other.memory.loss())).toEqual(loss);
      await answerOf(one.gate.restore(asks('sale', 1)));
      await declareWhole(one);
      expect(await answerOf(other.gate.pending('sale-request-1'))).toEqual([asks('sale', 1)]);
      expect(await answerOf(other.gate.pending('never-asked'))).toEqual([]);
    });

    it('is not whole when it was lost once more during the repair', async () => {
      await server.flush();
      const loss = await answerOf(one.memory.loss());
      await server.flush();
      await answerOf(other.memory.loss());
      expect(O.isSome(loss) && (await answerOf(one.memory.repaired(loss.value)))).toBe(false);
      expect(await one.gate.pending('any')()).toEqual(E.left('GateUnavailable'));
    });

    it('tells every process when a request may have gone past it', async () => {
      server.freeze();
      expect(await one.gate.reserve(asks('sale', 1))()).toEqual(E.left('GateUnavailable'));
      server.thaw();
      await eventually(async () => O.isSome(await answerOf(other.memory.loss())));
      expect(await other.gate.pending('sale-request-1')()).toEqual(E.left('GateUnavailable'));
    });
  });
});
