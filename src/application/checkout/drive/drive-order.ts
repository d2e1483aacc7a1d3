import { either as E, type taskEither as TE } from 'fp-ts';
import { Map } from 'immutable';
import { type Action } from '../../../domain/checkout/actions.js';
import { unknownClaims } from '../../../domain/checkout/claims.js';
import { nextActions } from '../../../domain/checkout/next-actions.js';
import { isPlaced, type Order } from '../../../domain/order/order.js';
import { type KnownPayment } from '../../../domain/payment/payment.js';
import { type Loaded } from '../../kernel/writer/aggregate.js';
import { type AsKnown } from '../../kernel/writer/load-decide-append.js';
import { BEGINNING } from '../../ports/event-store.js';
import { type Clock } from '../../ports/clock.js';
import { type LoadOrder, type LoadPayment } from '../aggregates/load-order.js';
import { type CarryOut } from './carry-out.js';
import { type Doable, fails, type OrderAt, type Run, type StepError, termsOf, waits } from './run.js';

export interface DriveOrderPorts {
  readonly loadOrder: LoadOrder;
  readonly loadPayment: LoadPayment;
  readonly carryOut: CarryOut;
  readonly clock: Clock;
  /** An order fails after this many declined payments. */
  readonly declinesAllowed: number;
}

export interface Driving {
  readonly orderId: string;
  readonly correlationId: string;
  /** NEXT_STATUS: up to the first event that gives it another status; the process that follows the events continues from there. */
  readonly upTo: 'NEXT_STATUS' | 'END';
  /** The order, and all its payments, if the caller has just written or read them. */
  readonly known?: OrderAt & { readonly payments?: ReadonlyArray<KnownPayment> };
}

export interface Driven extends OrderAt {
  /** What it waits for; empty: nothing is owed. */
  readonly waitsFor: ReadonlyArray<Extract<Action, { readonly do: 'Wait' }>>;
}

/**
 * Carries out what an order still needs until nothing is left to do, or something must be waited for. No matter who calls it and what
 * was interrupted before, it comes to the same end; two calls at once do no harm.
 */
export type DriveOrder = (driving: Driving) => TE.TaskEither<StepError, Driven>;

/** More rounds than any order needs: one that takes more would never end. */
const MOST_ROUNDS = 50;

const isDoable = (action: Action): action is Doable => action.do !== 'Wait' && action.do !== 'AskOperator';
const stepOfOperator = { GOODS: 'DEDUCT_STOCK', POINTS: 'DEDUCT_POINTS', DELIVERY: 'SHIP_DELIVERY' } as const;

/** Its status and attempt: what is known of its claims is true only for these. */
const placeOf = (order: Order): string =>
  'wanted' in order ? `${order.status} ${order.wanted.attempt}` : order.status;

type LoadedOrder = AsKnown<Order> & Pick<Loaded<Order>, 'position'>;

export const orderAt = ({ state: order, revision, position = BEGINNING }: LoadedOrder): OrderAt => ({
  order,
  revision,
  position,
});

export const driveOrder = (ports: DriveOrderPorts): DriveOrder => {
  const { loadOrder, loadPayment, carryOut, clock, declinesAllowed } = ports;

  const paymentsOf = async (order: Order): Promise<E.Either<StepError, ReadonlyArray<KnownPayment>>> => {
    const payments: KnownPayment[] = [];
    if (isPlaced(order))
      for (const paymentId of order.payments) {
        const found = await loadPayment(paymentId)();
        if (E.isLeft(found)) return waits('LOAD', found.left);
        const { state } = found.right;
        if (state.status !== 'Unknown') payments.push(state);
      }
    return E.right(payments);
  };

  const look = async (
    orderId: string,
    before: Run | null,
    known?: Driving['known'],
  ): Promise<E.Either<StepError, Run>> => {
    let at = known;
    if (at === undefined) {
      const found = await loadOrder(orderId)();
      if (E.isLeft(found)) return waits('LOAD', found.left);
      at = orderAt(found.right);
    }
    const payments = at.payments === undefined ? await paymentsOf(at.order) : E.right(at.payments);
    if (E.isLeft(payments)) return payments;
    const terms = termsOf(at.order) ?? { lines: [], couponId: null, points: 0 };
    const isAsBefore = before !== null && placeOf(before.order) === placeOf(at.order);
    const claims = isAsBefore ? before.claims : { ...unknownClaims(terms), asked: before?.claims.asked ?? Map() };
    return E.right({ ...at, payments: payments.right, claims, isStale: false });
  };

  /** Carries out all of them at once. Of several errors one that must be waited for comes first: the others may be caused by it. */
  const round = async (
    run: Run,
    owed: ReadonlyArray<Doable>,
    correlationId: string,
  ): Promise<E.Either<StepError, Run>> => {
    const carried = await Promise.all(owed.map((action) => carryOut(action, run, correlationId)()));
    const errors = carried.filter(E.isLeft);
    const error = errors.find(({ left }) => left.kind === 'Wait') ?? errors[0];
    if (error !== undefined) return error;
    return E.right(carried.reduce((next, change) => (E.isRight(change) ? change.right(next) : next), run));
  };

  return ({ orderId, correlationId, upTo, known }) =>
    async () => {
      const begun = await look(orderId, null, known);
      if (E.isLeft(begun)) return begun;
      let run = begun.right;
      const { status: first } = run.order;
      let isLookedAtAgain = false;
      for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
        const { order, revision, position } = run;
        if (upTo === 'NEXT_STATUS' && order.status !== first)
          return E.right({ order, revision, position, waitsFor: [] });
        const actions = nextActions(order, run.claims, run.payments, { at: clock.now(), declinesAllowed });
        const owed = actions.filter(isDoable);
        if (owed.length === 0) {
          const stuck = actions.find((action) => action.do === 'AskOperator');
          const waitsFor = actions.filter((action) => action.do === 'Wait');
          if (stuck === undefined) return E.right({ order, revision, position, waitsFor });
          if (isLookedAtAgain) return fails(stepOfOperator[stuck.step], stuck.reason);
        }
        // It may have been refused because another call has changed the order meanwhile.
        isLookedAtAgain = owed.length === 0;
        const carried = await round(run, owed, correlationId);
        if (E.isLeft(carried)) return carried;
        run = carried.right;
        if (owed.length > 0 && !run.isStale) continue;
        const looked = await look(orderId, run);
        if (E.isLeft(looked)) return looked;
        run = looked.right;
      }
      return fails('LOAD', `no end after ${MOST_ROUNDS} rounds`);
    };
};
