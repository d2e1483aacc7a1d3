import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { MOST_POINTS } from '../../../src/domain/money.js';
import { type PointsCommand, pointsDecider } from '../../../src/domain/points/decider.js';
import { type PointsEvent } from '../../../src/domain/points/events.js';
import { forAttempt, forLatePayment } from '../../../src/domain/taking.js';
import { type ReservePoints } from '../../../src/domain/points/reserve-points.js';
import { sentences } from '../../support/given-when-then.js';

const at = Date.UTC(2026, 0, 1, 12);
const expiresAt = at + 600_000;
const userId = 'ana';
const given = sentences(pointsDecider);
const charged = (amount: number, chargeId = 'c1'): PointsEvent => ({
  type: 'PointsCharged',
  userId,
  chargeId,
  amount,
  at,
});
const charge = (amount: number, chargeId = 'c1'): PointsCommand => ({
  type: 'ChargePoints',
  userId,
  chargeId,
  amount,
  at,
});
const reserve = (amount: number, orderId = 'o1'): ReservePoints => ({
  type: 'ReservePoints',
  userId,
  orderId,
  amount,
  expiresAt,
  at,
});
const reserved = (amount: number, orderId = 'o1'): PointsEvent => ({
  type: 'PointsReserved',
  userId,
  orderId,
  amount,
  expiresAt,
  at,
});
const of = (amount: number, orderId = 'o1') => ({ userId, orderId, amount, at });
const deduct = (orderId = 'o1'): PointsCommand => ({ type: 'DeductPoints', userId, orderId, at });
const giveBack = (orderId = 'o1'): PointsCommand => ({ type: 'ReturnPoints', userId, orderId, at });

describe('points', () => {
  it('charged twice by one charge count once', () => {
    given().when(charge(100)).then(charged(100));
    given(charged(100)).when(charge(100)).thenNothing();
  });

  it('are never charged with another amount under one id', () =>
    given(charged(100)).when(charge(500)).thenRejected('REQUEST_ID_REUSED'));

  it('are never so many that a sum would lose a digit, also after some were used', () => {
    given(charged(MOST_POINTS - 1))
      .when(charge(1, 'c2'))
      .then(charged(1, 'c2'));
    given(charged(MOST_POINTS)).when(charge(1, 'c2')).thenRejected('POINTS_LIMIT_REACHED');
    given(charged(MOST_POINTS), reserved(9), { type: 'PointsDeducted', ...of(9) })
      .when(charge(1, 'c2'))
      .thenRejected('POINTS_LIMIT_REACHED');
  });

  it('set aside for one order are not there for another', () => {
    given(charged(100)).when(reserve(100)).then(reserved(100));
    given(charged(100), reserved(100)).when(reserve(1, 'o2')).thenRejected('INSUFFICIENT_POINTS');
    given(charged(100), reserved(100)).when(reserve(100)).thenNothing();
  });

  it('are never set aside in another amount than they are used in', () =>
    given(charged(100), reserved(60)).when(reserve(50)).thenRejected('POINTS_USE_DIFFERS'));

  it('are deducted only after they were set aside', () => {
    given(charged(100)).when(deduct()).thenRejected('POINTS_NOT_RESERVED');
    given(charged(100), reserved(60))
      .when(deduct())
      .then({ type: 'PointsDeducted', ...of(60) });
  });

  it('come back once, whether they were set aside or deducted', () => {
    const released: PointsEvent = { type: 'PointsReleased', ...of(60) };
    given(charged(100), reserved(60)).when(giveBack()).then(released);
    given(charged(100), reserved(60), released).when(giveBack()).thenNothing();
    given(charged(100), reserved(60), { type: 'PointsDeducted', ...of(60) })
      .when(giveBack())
      .then({ type: 'PointsRefunded', ...of(60) });
    given(charged(100), reserved(60), { type: 'PointsDeducted', ...of(60) }, { type: 'PointsRefunded', ...of(60) })
      .when(giveBack())
      .thenNothing();
  });

  it('that were given back are set aside again for a late payment, not by a late repetition', () => {
    const late = { takenBy: forLatePayment(1) };
    const history = [charged(100), reserved(60), { type: 'PointsReleased', ...of(60) }] as const;
    given(...history)
      .when(reserve(60))
      .thenRejected('POINTS_USE_ENDED');
    given(...history)
      .when({ ...reserve(60), ...late })
      .then({ ...reserved(60), ...late });
  });

  it('that an earlier attempt has set aside are set aside anew for a later one, also in another amount', () => {
    const [first, second] = [{ takenBy: forAttempt(1) }, { takenBy: forAttempt(2) }];
    given(charged(100), { ...reserved(60), ...first })
      .when({ ...reserve(100), ...second })
      .then({ type: 'PointsReleased', ...of(60) }, { ...reserved(100), ...second });
    given(charged(100), { ...reserved(60), ...first })
      .when({ ...reserve(101), ...second })
      .thenRejected('INSUFFICIENT_POINTS');
  });

  it('that a late payment relies on are not given back by who means what the expired order had', () => {
    const late = { takenBy: forLatePayment(1) };
    const [takeAgain, takenAgain] = [
      { ...reserve(60), ...late },
      { ...reserved(60), ...late },
    ];
    const toldBefore = { type: 'ReturnPoints', userId, orderId: 'o1', latePayments: 0, at } as const;
    const released: PointsEvent = { type: 'PointsReleased', ...of(60) };
    const deducted: PointsEvent = { type: 'PointsDeducted', ...of(60) };
    given(charged(100), reserved(60)).when(takeAgain).then(released, takenAgain);
    const history = [charged(100), reserved(60), released, takenAgain];
    for (const nothing of [takeAgain, reserve(60), { ...reserve(60), takenBy: forAttempt(1) }, toldBefore])
      given(...history)
        .when(nothing)
        .thenNothing();
    given(...history, deducted)
      .when(toldBefore)
      .thenNothing();
    given(...history)
      .when({ ...toldBefore, latePayments: 1 })
      .then(released);
    given(...history, deducted)
      .when({ ...toldBefore, latePayments: 1 })
      .then({ type: 'PointsRefunded', ...of(60) });
  });

  it('balance to the cent: charged − deducted + refunded, never less than what is set aside', () => {
    const orderId = fc.constantFrom('o1', 'o2', 'o3');
    const any: fc.Arbitrary<PointsCommand> = fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('c1', 'c2', 'c3')).map(([n, id]) => charge(n, id)),
      fc
        .tuple(fc.integer({ min: 1, max: 50 }), orderId, fc.nat(3))
        .map(([n, id, late]) => ({ ...reserve(n, id), takenBy: forLatePayment(late) })),
      orderId.map(deduct),
      orderId.map(giveBack),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (commands) => {
        let state = pointsDecider.initial;
        let expected = 0;
        for (const command of commands) {
          const decided = pointsDecider.decide(command, state);
          for (const event of E.isRight(decided) ? decided.right : []) {
            state = pointsDecider.evolve(state, event);
            if (event.type === 'PointsCharged' || event.type === 'PointsRefunded') expected += event.amount;
            if (event.type === 'PointsDeducted') expected -= event.amount;
          }
          expect(state.balance).toBe(expected);
          expect(state.reserved).toBeGreaterThanOrEqual(0);
          expect(state.balance).toBeGreaterThanOrEqual(state.reserved);
        }
      }),
    );
  });
});
