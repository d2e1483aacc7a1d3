import { either as E, taskEither as TE } from 'fp-ts';
import { type BreakerState, type GuardedGateway, withBreaker } from '../../../src/adapters/breaker/guarded-gateway.js';
import { type GatewayAnswer, type GatewayError } from '../../../src/application/ports/payment-gateway.js';
import { eventually } from '../../support/eventually.js';

const charge = { paymentId: 'pay1', orderId: 'o1', gatewayPaymentId: 'g1', amount: 1 };
const approved: E.Either<GatewayError, GatewayAnswer> = E.right({ answer: 'Approved', code: 'OK' });
const declined: E.Either<GatewayError, GatewayAnswer> = E.right({ answer: 'Declined', code: 'NO' });
const silent: E.Either<GatewayError, GatewayAnswer> = E.left('GatewayOutcomeUnknown');
let guarded: GuardedGateway;
let answer = approved;
let asked = 0;
let states: BreakerState[];

beforeEach(() => {
  [answer, asked, states] = [approved, 0, []];
  const call = () => async () => {
    asked += 1;
    return answer;
  };
  guarded = withBreaker(
    { approve: call, inquire: () => TE.fromEither(answer), refund: call },
    { resetMs: 50, volume: 4, onState: (state) => void states.push(state) },
  );
});
afterEach(() => guarded.close());

const times = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await guarded.approve(charge)();
};

test('more than half failing opens it: nothing is sent any more, and that is known', async () => {
  await times(2);
  answer = silent;
  await times(4);
  expect(guarded.state()).toBe('open');
  const before = asked;
  expect(await guarded.approve(charge)()).toEqual(E.left('GatewayUnavailable'));
  expect(asked).toBe(before);
});

test('after a while one call is let through, and closes it again if it succeeds', async () => {
  answer = silent;
  await times(4);
  answer = approved;
  await eventually(async () => E.isRight(await guarded.approve(charge)()));
  expect(guarded.state()).toBe('closed');
  expect(states).toEqual(['open', 'half-open', 'closed']);
});

test.each([
  ['being declined', declined],
  ['an answer that does not tell', E.left<GatewayError>('GatewayUndecided')],
])('%s is an answer, not a failure', async (_, given) => {
  answer = given;
  await times(20);
  expect(guarded.state()).toBe('closed');
});
