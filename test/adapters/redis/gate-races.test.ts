import { option as O } from 'fp-ts';
import { type GateState } from '../../../src/application/ports/admission-gate.js';
import { answerOf, asks, coupon, declareWhole, gateProcess, type GateProcess, loading } from './gate-setting.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../../support/engines/own-redis.js';

const people = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, n) => n);

await describeWith('redis', () => {
  describe('the gate, asked by many through two processes', () => {
    let server: OwnRedis;
    let one: GateProcess;
    let other: GateProcess;
    let loads = 0;
    const known: GateState[] = [coupon('race', 100), coupon('same', 10), coupon('twice', 10), coupon('loads', 1_000)];

    beforeAll(async () => {
      server = await startOwnRedis();
      const load = loading(...known);
      const counted = (couponId: string) => {
        if (couponId === 'loads') loads += 1;
        return load(couponId);
      };
      [one, other] = await Promise.all([gateProcess(server.url, counted), gateProcess(server.url, counted)]);
      await declareWhole(one);
    });
    afterAll(async () => {
      await Promise.all([one.end(), other.end()]);
      await server.stop();
    });
    const ask = (n: number, couponId: string, requestId?: string) =>
      answerOf((n % 2 === 0 ? one : other).gate.reserve(asks(couponId, n, requestId)));

    it('admits exactly as many as there are, of five hundred who ask at once', async () => {
      const answers = await Promise.all(people(500).map((n) => ask(n, 'race')));
      expect(answers.filter(({ answer }) => answer === 'Admitted')).toHaveLength(100);
      expect(answers.filter(({ answer }) => answer === 'SoldOut')).toHaveLength(400);
    });

    it('gives one user one place however many requests arrive at once', async () => {
      const answers = await Promise.all(
        people(300).map((n) =>
          answerOf((n % 2 ? one : other).gate.reserve({ ...asks('same', 1), requestId: `r${n}` })),
        ),
      );
      expect(answers.filter(({ answer }) => answer === 'Admitted')).toHaveLength(1);
      const first = await answerOf(one.gate.requestOf('same', 'user-1'));
      const told = answers.flatMap((given) => (given.answer === 'AlreadyRequested' ? [given.requestId] : []));
      expect(new Set(told)).toEqual(new Set(O.isSome(first) ? [first.value] : []));
      expect(told).toHaveLength(299);
    });

    it('takes one place for a request that is repeated, and says it knows it', async () => {
      const answers = await Promise.all(
        people(200).map((n) => answerOf((n % 2 ? one : other).gate.reserve(asks('twice', 7)))),
      );
      expect(answers.filter(({ answer }) => answer === 'Admitted')).toHaveLength(1);
      expect(answers).toContainEqual({ answer: 'AlreadyRequested', requestId: 'twice-request-7' });
      expect(await answerOf(one.gate.inspect('twice'))).toMatchObject({ value: { pending: [asks('twice', 7)] } });
    });

    it('loads a coupon once, whoever asks first', async () => {
      await Promise.all(people(200).map((n) => ask(n, 'loads')));
      expect(loads).toBe(1);
    });

    it('knows each accepted request in every process from the moment it was accepted', async () => {
      await answerOf(one.gate.reserve(asks('loads', 900)));
      expect(await answerOf(other.gate.pending('loads-request-900'))).toEqual([asks('loads', 900)]);
      expect(await answerOf(other.gate.pending('never'))).toEqual([]);
    });
  });
});
