import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import {
  type Admission,
  type AdmissionGate,
  type Admitted,
  type GateState,
  type LoadGateState,
  type PendingPage,
} from '../../src/application/ports/admission-gate.js';
import { movedClock, type MovedClock } from '../support/moved-clock.js';

export interface GateUnderTest {
  readonly gate: AdmissionGate;
  readonly close?: () => Promise<void>;
}

/** Makes a gate that knows nothing yet. It takes the time from `clock`, and what it does not know from `load`. */
export type MakeGate = (given: { readonly load: LoadGateState; readonly clock: MovedClock }) => Promise<GateUnderTest>;

const DAY = 86_400_000;
const MOST_PAGES = 1_000;
let coupons = 0;

const right = async <A>(answer: TE.TaskEither<string, A>): Promise<A> => {
  const given = await answer();
  if (E.isLeft(given)) throw new Error(`The gate answered ${given.left}`);
  return given.right;
};

/** The promises of `AdmissionGate`, whoever keeps them. Coupons have a new id in each test: servers are shared. */
export const admissionGateContract = (name: string, make: MakeGate): void => {
  describe(`the admission gate: ${name}`, () => {
    let clock: MovedClock;
    let under: GateUnderTest;
    let gate: AdmissionGate;
    let couponId: string;
    let recorded: Map<string, GateState>;
    let loads: number;
    let beforeLoading: () => Promise<void>;

    beforeEach(async () => {
      clock = movedClock();
      recorded = new Map();
      loads = 0;
      beforeLoading = async () => undefined;
      couponId = `coupon-${process.pid}-${Date.now()}-${coupons++}`;
      const load: LoadGateState = (asked) => async () => {
        loads++;
        const found = O.fromNullable(recorded.get(asked));
        await beforeLoading();
        return E.right(found);
      };
      under = await make({ load, clock });
      gate = under.gate;
    });
    afterEach(() => under.close?.());

    const record = (some: Partial<GateState> = {}): void => {
      const terms = {
        revision: 0,
        quantity: 100,
        opensAt: null,
        closesAt: null,
        status: 'Issuing',
        sale: 'Open',
        holders: [],
      } as const;
      recorded.set(couponId, { couponId, ...terms, ...some });
    };
    const by = (userId: string, requestId = `${couponId}-${userId}`): Admission => ({
      couponId,
      userId,
      requestId,
      at: clock.now(),
    });
    const reserve = (userId: string, requestId?: string): Promise<Admitted> =>
      right(gate.reserve(by(userId, requestId)));
    const answers = async (userId: string, requestId?: string) => (await reserve(userId, requestId)).answer;
    const issued = (userId: string, revision: number, requestId = `${couponId}-${userId}`) =>
      ({ change: 'Issued', couponId, revision, userId, requestId }) as const;
    const rejected = (userId: string, requestId = `${couponId}-${userId}`) =>
      ({ change: 'Rejected', couponId, userId, requestId }) as const;

    describe('letting in', () => {
      it('admits as many as there are places, of hundreds asking at once', async () => {
        record({ quantity: 50 });
        const all = await Promise.all(Array.from({ length: 400 }, (_, n) => answers(`user-${n}`)));
        expect(all.filter((answer) => answer === 'Admitted')).toHaveLength(50);
        expect(all.filter((answer) => answer === 'SoldOut')).toHaveLength(350);
      });

      it('admits a person once, of many times at once', async () => {
        record();
        const all = await Promise.all(Array.from({ length: 100 }, (_, n) => reserve('ana', `${couponId}-${n}`)));
        const first = `${couponId}-${all.findIndex(({ answer }) => answer === 'Admitted')}`;
        expect(all.filter(({ answer }) => answer === 'Admitted')).toHaveLength(1);
        expect(all.filter(({ answer }) => answer !== 'Admitted')).toStrictEqual(
          Array.from({ length: 99 }, () => ({ answer: 'AlreadyRequested', requestId: first })),
        );
      });

      it('takes no second place for a repeated request, and tells it from a first', async () => {
        record({ quantity: 2 });
        expect(await reserve('ana')).toStrictEqual({ answer: 'Admitted' });
        expect(await reserve('ana')).toStrictEqual({ answer: 'AlreadyRequested', requestId: `${couponId}-ana` });
        expect(await answers('ben')).toBe('Admitted');
      });

      it('counts those who hold the coupon already', async () => {
        record({ quantity: 2, holders: [['zoe', 'request-of-zoe']] });
        expect(await reserve('zoe')).toStrictEqual({ answer: 'AlreadyRequested', requestId: 'request-of-zoe' });
        expect(await answers('ana')).toBe('Admitted');
        expect(await answers('ben')).toBe('SoldOut');
      });

      it('lets nobody in before the event of the coupon opens, nor after it is over, and remembers a pause in between', async () => {
        record({ sale: 'Waiting' });
        expect(await reserve('ana')).toStrictEqual({ answer: 'NotOpen', opensAt: null });
        await right(gate.apply([{ change: 'Terms', couponId, revision: 1, status: 'Paused' }]));
        expect(await answers('ana')).toBe('NotOpen');
        await right(gate.apply([{ change: 'Terms', couponId, revision: 2, sale: 'Open' }]));
        expect(await answers('ana')).toBe('Paused');
        await right(gate.apply([{ change: 'Terms', couponId, revision: 3, status: 'Issuing' }]));
        expect(await answers('ana')).toBe('Admitted');
        await right(gate.apply([{ change: 'Terms', couponId, revision: 4, sale: 'Closed' }]));
        expect(await answers('ben')).toBe('Closed');
      });

      it('knows the window and the pause', async () => {
        record({ opensAt: clock.now() + 1_000, closesAt: clock.now() + 2_000 });
        expect(await reserve('ana')).toStrictEqual({ answer: 'NotOpen', opensAt: clock.now() + 1_000 });
        clock.move(1_000);
        expect(await answers('ana')).toBe('Admitted');
        await right(gate.apply([{ change: 'Terms', couponId, revision: 1, status: 'Paused' }]));
        expect(await answers('ben')).toBe('Paused');
        await right(gate.apply([{ change: 'Terms', couponId, revision: 2, status: 'Issuing' }]));
        expect(await answers('ben')).toBe('Admitted');
        clock.move(1_000);
        expect(await answers('cid')).toBe('Closed');
      });

      it('finds no coupon where none is recorded, and finds it once it is', async () => {
        expect(await answers('ana')).toBe('CouponNotFound');
        record();
        expect(await answers('ana')).toBe('Admitted');
      });

      it('lets more in when the quantity grows', async () => {
        record({ quantity: 1 });
        expect([await answers('ana'), await answers('ben')]).toStrictEqual(['Admitted', 'SoldOut']);
        await right(gate.apply([{ change: 'Terms', couponId, revision: 1, quantity: 2 }]));
        expect([await answers('ben'), await answers('cid')]).toStrictEqual(['Admitted', 'SoldOut']);
      });
    });

    describe('giving places back', () => {
      it('frees a place once, however often it is released or rejected', async () => {
        record({ quantity: 2 });
        await reserve('ana');
        await reserve('ben');
        await right(gate.release(by('ana')));
        await right(gate.release(by('ana')));
        await right(gate.apply([rejected('ana'), rejected('ana')]));
        expect([await answers('cid'), await answers('dan')]).toStrictEqual(['Admitted', 'SoldOut']);
      });

      it('touches neither the place of another request nor that of a holder', async () => {
        record({ quantity: 2, holders: [['zoe', `${couponId}-zoe`]] });
        await reserve('ana');
        await right(gate.release(by('ana', 'another')));
        await right(gate.release(by('zoe')));
        await right(gate.apply([rejected('ana', 'another'), rejected('zoe')]));
        expect(await answers('ben')).toBe('SoldOut');
        expect(await answers('zoe')).toBe('AlreadyRequested');
      });

      it('frees as many as are rejected, while hundreds ask', async () => {
        record({ quantity: 20 });
        await Promise.all(Array.from({ length: 20 }, (_, n) => reserve(`first-${n}`)));
        const [all] = await Promise.all([
          Promise.all(Array.from({ length: 200 }, (_, n) => answers(`second-${n}`))),
          ...Array.from({ length: 10 }, (_, n) => right(gate.apply([rejected(`first-${n}`)]))),
        ]);
        const late = await Promise.all(Array.from({ length: 20 }, (_, n) => answers(`third-${n}`)));
        expect([...all, ...late].filter((answer) => answer === 'Admitted')).toHaveLength(10);
      });
    });

    describe('following the events', () => {
      it('turns a reservation into a holder, who still takes one place', async () => {
        record({ quantity: 2 });
        await reserve('ana');
        await right(gate.apply([issued('ana', 1)]));
        expect(await right(gate.pending(`${couponId}-ana`))).toStrictEqual([]);
        expect([await answers('ben'), await answers('cid')]).toStrictEqual(['Admitted', 'SoldOut']);
      });

      it('skips what it knows: the same changes again change nothing', async () => {
        record({ quantity: 5 });
        await reserve('ana');
        const changes = [
          issued('ana', 1),
          issued('ben', 2),
          { change: 'Terms', couponId, revision: 3, quantity: 3 } as const,
        ];
        await right(gate.apply(changes));
        await right(gate.apply([{ change: 'Terms', couponId, revision: 4, quantity: 4 }]));
        await right(gate.apply(changes));
        expect(await right(gate.inspect(couponId))).toStrictEqual(
          O.some({ revision: 4, quantity: 4, issued: 2, pending: [] }),
        );
      });

      it('drops a coupon of which it missed something, and loads it again', async () => {
        record({ quantity: 3 });
        await reserve('ana');
        record({
          revision: 2,
          quantity: 3,
          holders: [
            ['ben', 'b'],
            ['cid', 'c'],
          ],
        });
        await right(gate.apply([issued('cid', 2, 'c')]));
        expect(await right(gate.inspect(couponId))).toStrictEqual(O.none);
        expect(await answers('dan')).toBe('SoldOut');
        expect(loads).toBe(2);
      });

      it('loses nothing that happens while it loads', async () => {
        record({ quantity: 3, revision: 1, holders: [['zoe', 'z']] });
        beforeLoading = async () => {
          await right(gate.apply([issued('zoe', 1, 'z'), issued('ben', 2, 'b')]));
        };
        expect(await answers('ana')).toBe('Admitted');
        expect(await answers('cid')).toBe('SoldOut');
        expect(await answers('ben')).toBe('AlreadyRequested');
      });

      it('keeps what is pending when a coupon is dropped', async () => {
        record({ quantity: 1 });
        await reserve('ana');
        await right(gate.drop(couponId));
        expect(await right(gate.pending(`${couponId}-ana`))).toStrictEqual([by('ana')]);
        expect(await answers('ben')).toBe('SoldOut');
      });
    });

    describe('telling of requests', () => {
      it('knows a request as pending until it is decided', async () => {
        record();
        await reserve('ana');
        await reserve('ben');
        expect(await right(gate.pending(`${couponId}-ana`))).toStrictEqual([by('ana')]);
        expect(await right(gate.requestOf(couponId, 'ana'))).toStrictEqual(O.some(`${couponId}-ana`));
        await right(gate.apply([issued('ana', 1), rejected('ben')]));
        expect(await right(gate.pending(`${couponId}-ana`))).toStrictEqual([]);
        expect(await right(gate.pending(`${couponId}-ben`))).toStrictEqual([]);
        expect(await right(gate.requestOf(couponId, 'ben'))).toStrictEqual(O.none);
      });

      it.each(['closesAt', 'usableUntil'] as const)(
        'follows when giving out ends by %s, sooner, later and never',
        async (end) => {
          record({ quantity: 9, [end]: clock.now() + 1_000 });
          expect(await answers('ana')).toBe('Admitted');
          clock.move(1_000);
          expect(await answers('ben')).toBe('Closed');
          const moved = async (revision: number, until: number | null) =>
            right(gate.apply([{ change: 'Terms', couponId, revision, [end]: until }]));
          await moved(1, clock.now() + DAY);
          expect(await answers('ben')).toBe('Admitted');
          await moved(2, 1);
          expect(await answers('cid')).toBe('Closed');
          await moved(3, null);
          expect(await answers('cid')).toBe('Admitted');
        },
      );

      it('tells the requests of several people apart who chose the same id', async () => {
        record({ quantity: 3 });
        const asked = (userId: string) => ({ couponId, userId, requestId: `${couponId}-same` });
        await reserve('ana', `${couponId}-same`);
        await reserve('ben', `${couponId}-same`);
        expect(await right(gate.pending(`${couponId}-same`))).toHaveLength(2);
        await right(gate.apply([issued('ana', 1, `${couponId}-same`)]));
        expect(await right(gate.pending(`${couponId}-same`))).toMatchObject([{ userId: 'ben' }]);
        expect(await right(gate.isPending(asked('ana')))).toBe(false);
        expect(await right(gate.isPending(asked('ben')))).toBe(true);
      });

      it('keeps another request of a new holder pending until that is decided too', async () => {
        record();
        await reserve('ana', `${couponId}-second`);
        await right(gate.apply([issued('ana', 1, `${couponId}-first`)]));
        expect(await right(gate.pending(`${couponId}-second`))).toHaveLength(1);
        await right(gate.apply([rejected('ana', `${couponId}-second`)]));
        expect(await right(gate.pending(`${couponId}-second`))).toStrictEqual([]);
      });

      it('puts back a request from the log, even over the quantity', async () => {
        record({ quantity: 1 });
        await reserve('ana');
        await right(gate.restore(by('ben')));
        await right(gate.restore(by('ben')));
        expect(await right(gate.pending(`${couponId}-ben`))).toHaveLength(1);
        await right(gate.apply([rejected('ana')]));
        expect(await answers('cid')).toBe('SoldOut');
        await right(gate.apply([rejected('ben')]));
        expect(await answers('cid')).toBe('Admitted');
      });

      it('forgets a reservation after a day, and gives its place back', async () => {
        record({ quantity: 1 });
        await reserve('ana');
        clock.move(DAY - 1);
        expect(await right(gate.pending(`${couponId}-ana`))).toHaveLength(1);
        clock.move(1);
        expect(await right(gate.pending(`${couponId}-ana`))).toStrictEqual([]);
        expect(await answers('ben')).toBe('Admitted');
      });

      it('names reservations that are old, and no more than asked for', async () => {
        record();
        await reserve('ana');
        await reserve('ben');
        clock.move(1_000);
        await reserve('cid');
        const ours = async (limit: number) =>
          (await right(gate.pendingSince(clock.now(), limit))).items
            .filter((admission) => admission.couponId === couponId)
            .map(({ userId }) => userId);
        expect((await ours(1_000)).sort()).toStrictEqual(['ana', 'ben']);
        expect((await ours(1)).length).toBeLessThanOrEqual(1);
        await right(gate.apply([issued('ana', 1), rejected('ben')]));
        expect(await ours(1_000)).toStrictEqual([]);
      });

      /** From cursor to cursor. On a server that others use too, some of the pages are theirs. */
      async function* pages(limit: number): AsyncGenerator<ReadonlyArray<string>> {
        let cursor: string | null = null;
        for (let seen = 0; seen < MOST_PAGES; seen += 1) {
          const page: PendingPage = await right(gate.pendingSince(clock.now(), limit, cursor));
          expect(page.items.length).toBeLessThanOrEqual(limit);
          yield page.items.filter((admission) => admission.couponId === couponId).map(({ userId }) => userId);
          if (page.nextCursor === null) return;
          cursor = page.nextCursor;
        }
        throw new Error('It does not come to an end');
      }

      it('names all that are old, a few at a time, also where each last one of the few is settled before the next', async () => {
        record();
        const users = ['ana', 'ben', 'cid', 'dan', 'eve', 'fay', 'gus'];
        for (const userId of users) await reserve(userId);
        clock.move(1);
        const named = new Set<string>();
        for await (const ours of pages(2)) {
          for (const userId of ours) named.add(userId);
          await right(gate.apply(ours.slice(-1).map((userId) => rejected(userId))));
        }
        expect([...named].sort()).toStrictEqual(users);
      });

      it('names none twice while they all stay, and begins again without a cursor', async () => {
        record();
        for (const userId of ['ana', 'ben', 'cid']) {
          await reserve(userId);
          await reserve(`friend of ${userId}`);
          clock.move(1);
        }
        const round = async (): Promise<ReadonlyArray<string>> => {
          const named: string[] = [];
          for await (const ours of pages(1)) named.push(...ours);
          return named;
        };
        const first = await round();
        expect([...first].sort()).toStrictEqual([
          'ana',
          'ben',
          'cid',
          'friend of ana',
          'friend of ben',
          'friend of cid',
        ]);
        expect(await round()).toStrictEqual(first);
      });
    });

    it('is away for a coupon whose events cannot be read, and tries again with the next who asks', async () => {
      record();
      beforeLoading = () => Promise.reject(new Error('an event of a newer version'));
      expect(await gate.reserve(by('ana'))()).toStrictEqual(E.left('GateUnavailable'));
      beforeLoading = async () => undefined;
      expect(await reserve('ana')).toStrictEqual({ answer: 'Admitted' });
    });

    it('loads a coupon once for all who ask for it at the same time', async () => {
      record();
      await Promise.all(Array.from({ length: 200 }, (_, n) => reserve(`user-${n}`)));
      expect(loads).toBe(1);
    });
  });
};
