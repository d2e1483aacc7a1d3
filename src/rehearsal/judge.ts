import { type CouponOutcome } from '../../packages/client/src/index.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SaleClient } from './client/sale-client.js';

const COUNT_WITHIN_MS = 5_000;

/** The coupon's own count follows the answers: waits until both say the same, or a while is over. */
export const issuedOf = async (client: SaleClient, couponId: string, told: number): Promise<number> => {
  const deadline = performance.now() + COUNT_WITHIN_MS;
  for (;;) {
    const { issued } = await client.coupon(couponId);
    if (issued === told || performance.now() > deadline) return issued;
    await sleep(10);
  }
};

export interface Seen {
  readonly users: number;
  readonly quantity: number;
  /** What every accepted request finally got. */
  readonly finals: ReadonlyMap<string, Pick<CouponOutcome, 'requestId' | 'userId' | 'status' | 'place'>>;
  readonly failures: ReadonlyArray<string>;
  /** What people were answered: each a status of HTTP and a code, after the step it was given at. */
  readonly answers: Iterable<string>;
  /** How many the coupon says were issued. */
  readonly issued: number;
}

/** What nobody may be answered in a sale that is open, about things they were given: nothing, broken promises, and failures. */
const WRONG = /\b(0|5\d\d|404) \w+$|\b409 (SALE_)?NOT_OPEN$/;

/** Those of the answers that must not be. */
export const wrongAnswers = (answers: Iterable<string>): ReadonlyArray<string> =>
  [...answers].filter((answer) => WRONG.test(answer)).map((answer) => `answered with ${answer}`);

/** What is wrong with a sale, as the people who took part in it saw it. Empty: nothing. */
export const judge = ({ users, quantity, finals, failures, answers, issued }: Seen): ReadonlyArray<string> => {
  const won = [...finals.values()].filter(({ status }) => status === 'SUCCESS');
  const winners = new Set(won.map(({ userId }) => userId));
  const places = new Set(won.map(({ place, requestId }) => place ?? requestId));
  const failed = [...finals.values()].filter(({ status }) => status === 'FAILED');
  const deceived = [...finals.values()].filter(
    ({ status, userId }) => status === 'ALREADY_ISSUED' && !winners.has(userId),
  );
  const expected = Math.min(users, quantity);
  return [
    ...failures,
    ...wrongAnswers(answers),
    ...(failed.length > 0 ? [`${failed.length} accepted requests FAILED`] : []),
    ...(deceived.length > 0 ? [`${deceived.length} people were told they have a coupon already, and have none`] : []),
    ...(won.length > quantity ? [`${won.length} people were told they have one of ${quantity} coupons`] : []),
    ...(won.length < expected
      ? [`only ${won.length} of ${expected} coupons were issued, although enough people asked`]
      : []),
    ...(winners.size < won.length ? [`${won.length - winners.size} people were told they have a second coupon`] : []),
    ...(places.size < won.length ? ['two people were told the same place'] : []),
    ...(issued === won.length ? [] : [`the coupon says ${issued} were issued, the people say ${won.length}`]),
  ];
};
