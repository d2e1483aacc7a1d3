import { either as E } from 'fp-ts';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { naverPay } from '../../../src/adapters/naver-pay/naver-pay.js';

interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly form: Readonly<Record<string, string>>;
}
type Reply = { readonly status?: number; readonly body?: object; readonly silent?: boolean };

const charge = { paymentId: 'pay1', orderId: 'o1', gatewayPaymentId: '20260101NP1', amount: 1_000 };
let server: Server;
let calls: Call[];
let reply: Reply;
/** By path, where one is answered otherwise. */
let replies: Readonly<Record<string, Reply | ((call: Call) => Reply)>>;
let url = '';

beforeEach(async () => {
  calls = [];
  replies = {};
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const call = { path, headers, form: Object.fromEntries(new URLSearchParams(text)) };
      calls.push(call);
      const told = replies[path] ?? reply;
      const { silent = false, status = 200, body = {} } = typeof told === 'function' ? told(call) : told;
      if (!silent) response.writeHead(status).end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/partner`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const gateway = (timeoutMs = 2_000) =>
  naverPay({ url, clientId: 'id', clientSecret: 'secret', chainId: 'chain', timeoutMs });
const detail = (totalPayAmount: number) => ({ code: 'Success', body: { detail: { totalPayAmount } } });
const history = (...list: ReadonlyArray<object>) => ({ code: 'Success', body: { list } });

test('a charge is asked for as Naver Pay wants it, and is approved when it charged what was asked', async () => {
  reply = { body: detail(1_000) };
  expect(await gateway().approve(charge)()).toEqual(E.right({ answer: 'Approved', code: 'Success' }));
  expect(calls).toMatchObject([
    {
      path: '/partner/naverpay/payments/v2.2/apply/payment',
      form: { paymentId: '20260101NP1' },
      headers: {
        'x-naver-client-id': 'id',
        'x-naver-client-secret': 'secret',
        'x-naverpay-chain-id': 'chain',
        'x-naverpay-idempotency-key': 'pay1',
        'content-type': 'application/x-www-form-urlencoded',
      },
    },
  ]);
});

const applyPath = '/partner/naverpay/payments/v2.2/apply/payment';
const cancelPath = '/partner/naverpay/payments/v1/cancel';

test.each([
  ['another amount than was asked for', detail(999), 'AmountMismatch', '999'],
  [
    "somebody else's payment",
    { code: 'Success', body: { detail: { totalPayAmount: 1_000, merchantPayKey: 'o2' } } },
    'MerchantPayKeyMismatch',
    '1000',
  ],
])('%s, once charged, is given back at once, and then is declined', async (_, body, code, cancelAmount) => {
  reply = { body };
  replies = { [cancelPath]: { body: { code: 'Success' } } };
  expect(await gateway().approve(charge)()).toEqual(E.right({ answer: 'Declined', code }));
  expect(calls[1]).toMatchObject({ path: cancelPath, form: { paymentId: '20260101NP1', cancelAmount } });
  replies = { [cancelPath]: { body: { code: 'CancelNotComplete' } } };
  expect(await gateway().approve(charge)()).toEqual(E.left('GatewayUndecided'));
});

test.each([
  ['of another amount', { totalPayAmount: 999 }, 'AmountMismatch', '999'],
  ["of somebody else's payment", { totalPayAmount: 1_000, merchantPayKey: 'o2' }, 'MerchantPayKeyMismatch', '1000'],
])(
  'a charge %s that could not be given back goes back when the gateway is asked about it',
  async (_, told, code, cancelAmount) => {
    const charged = { body: { code: 'Success', body: { detail: told } } };
    reply = { body: history({ admissionTypeCode: '01', admissionState: 'SUCCESS', ...told }) };
    replies = { [applyPath]: charged, [cancelPath]: { status: 500 } };
    expect(await gateway().approve(charge)()).toEqual(E.left('GatewayOutcomeUnknown'));
    expect(await gateway().inquire(charge)()).toEqual(E.left('GatewayOutcomeUnknown'));
    replies = { [applyPath]: charged, [cancelPath]: { body: { code: 'Success' } } };
    expect(await gateway().inquire(charge)()).toEqual(E.right({ answer: 'Declined', code }));
    expect(calls.at(-1)).toMatchObject({ path: cancelPath, form: { paymentId: '20260101NP1', cancelAmount } });
  },
);

test.each(['pay1', 'o1'])('a payment that was opened for %s is ours', async (merchantPayKey) => {
  reply = { body: { code: 'Success', body: { detail: { totalPayAmount: 1_000, merchantPayKey } } } };
  expect(await gateway().approve(charge)()).toMatchObject(E.right({ answer: 'Approved' }));
});

test.each(['Fail', 'TimeExpired', 'OwnerAuthFail', 'InvalidMerchant'])('%s means it was declined', async (code) => {
  reply = { body: { code } };
  expect(await gateway().approve(charge)()).toEqual(E.right({ answer: 'Declined', code }));
});

test.each<[string, Reply]>([
  ['being repaired', { body: { code: 'MaintenanceOngoing' } }],
  ['broken', { status: 500, body: { code: 'Fail' } }],
  ['not making sense', { body: { hello: 'there' } }],
  ['silent', { silent: true }],
])('a gateway that is %s leaves the outcome unknown', async (_, given) => {
  reply = given;
  expect(await gateway(200).approve(charge)()).toEqual(E.left('GatewayOutcomeUnknown'));
});

test.each(['AlreadyOnGoing', 'AlreadyComplete'])(
  '%s is an answer, and does not tell whether it charged',
  async (code) => {
    reply = { body: { code } };
    expect(await gateway().approve(charge)()).toEqual(E.left('GatewayUndecided'));
  },
);

test.each([401, 403, 429])('a call that is turned away with %i has done nothing, whatever it says', async (status) => {
  reply = { status, body: { code: 'Fail' } };
  expect(await gateway().approve(charge)()).toEqual(E.left('GatewayUnavailable'));
  expect(await gateway().refund(charge, 'CANCELLED')()).toEqual(E.left('GatewayUnavailable'));
});

test.each([404, 408])('what comes with status %i is no answer of the gateway: it declines nothing', async (status) => {
  reply = { status, body: { code: 'Fail' } };
  expect(await gateway().approve(charge)()).toEqual(E.left('GatewayOutcomeUnknown'));
  expect(await gateway().inquire(charge)()).toEqual(E.left('GatewayOutcomeUnknown'));
});

test('a gateway that nobody can connect to has done nothing', async () => {
  const nobody = naverPay({ url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1_000 });
  expect(await nobody.approve(charge)()).toEqual(E.left('GatewayUnavailable'));
});

test('asked what became of a charge, its history tells', async () => {
  reply = { body: history({ admissionTypeCode: '01', admissionState: 'SUCCESS', totalPayAmount: 1_000 }) };
  expect(await gateway().inquire(charge)()).toEqual(E.right({ answer: 'Approved', code: 'SUCCESS' }));
  expect(calls[0]?.path).toBe('/partner/naverpay/payments/v2.2/list/history/20260101NP1');
  reply = { body: history({ admissionTypeCode: '01', admissionState: 'FAIL' }) };
  expect(await gateway().inquire(charge)()).toEqual(E.right({ answer: 'Declined', code: 'FAIL' }));
  reply = { body: history() };
  expect(await gateway().inquire(charge)()).toMatchObject(E.right({ answer: 'NotCharged' }));
});

const done = { admissionState: 'SUCCESS', totalPayAmount: 1_000, merchantPayKey: 'o1' };
const admitted = { admissionTypeCode: '01', ...done };

test.each([
  ['of another merchant key', [{ ...admitted, merchantPayKey: 'o2' }], E.right('Declined')],
  [
    'of another merchant key that was taken back',
    [
      { admissionTypeCode: '03', ...done },
      { ...admitted, merchantPayKey: 'o2' },
    ],
    E.right('Declined'),
  ],
  ['taken back by somebody', [{ admissionTypeCode: '03', ...done }, admitted], E.right('Declined')],
  ['whose taking back failed', [{ admissionTypeCode: '03', admissionState: 'FAIL' }, admitted], E.right('Approved')],
  ['of which a part was taken back', [{ admissionTypeCode: '04', ...done }, admitted], E.left('GatewayUndecided')],
  ['of another amount', [{ ...admitted, totalPayAmount: 999 }], E.left('GatewayUndecided')],
  ['that failed before it went through', [{ ...admitted, admissionState: 'FAIL' }, admitted], E.right('Approved')],
  ['as it was asked for', [admitted], E.right('Approved')],
])('a charge %s is told from ours by its history', async (_, list, expected) => {
  reply = { body: history(...list) };
  // This payment did not charge it.
  replies = { [applyPath]: { body: { code: 'AlreadyComplete' } } };
  const inquired = await gateway().inquire(charge)();
  expect(E.isLeft(inquired) ? inquired : E.right(inquired.right.answer)).toEqual(expected);
});

test('money is given back in full, once: given back before counts as given back', async () => {
  reply = { body: { code: 'Success' } };
  expect(await gateway().refund(charge, 'CANCELLED')()).toMatchObject(E.right({ answer: 'Approved' }));
  expect(calls[0]).toMatchObject({
    path: '/partner/naverpay/payments/v1/cancel',
    headers: { 'x-naverpay-idempotency-key': 'pay1-refund' },
    form: { paymentId: '20260101NP1', cancelAmount: '1000', cancelReason: 'CANCELLED', cancelRequester: '2' },
  });
  reply = { body: { code: 'AlreadyCanceled' } };
  expect(await gateway().refund(charge, 'CANCELLED')()).toMatchObject(E.right({ answer: 'Approved' }));
  reply = { body: { code: 'CancelNotComplete' } };
  expect(await gateway().refund(charge, 'CANCELLED')()).toEqual(E.left('GatewayUndecided'));
});

describe('money of which 300 of 1,000 were given back in the console', () => {
  const historyPath = '/partner/naverpay/payments/v2.2/list/history/20260101NP1';
  const givenBack = { admissionTypeCode: '04', admissionState: 'SUCCESS', totalPayAmount: 300 };
  const cancels = () =>
    calls.flatMap(({ path, headers, form }) =>
      path === cancelPath ? [[headers['x-naverpay-idempotency-key'], form['cancelAmount']]] : [],
    );
  /** No more can be cancelled than is left. */
  const cancelling = ({ form }: Call): Reply => ({
    body: { code: Number(form['cancelAmount']) > 700 ? 'OverRemainAmount' : 'Success' },
  });

  test('goes back with what is left of it, under a key of its own', async () => {
    replies = { [cancelPath]: cancelling, [historyPath]: { body: history(givenBack, admitted) } };
    expect(await gateway().refund(charge, 'CANCELLED')()).toMatchObject(E.right({ answer: 'Approved' }));
    expect(cancels()).toEqual([
      ['pay1-refund', '1000'],
      ['pay1-refund-700', '700'],
    ]);
  });

  test('has gone back once the rest was, although nobody heard that', async () => {
    const theRest = { ...givenBack, totalPayAmount: 700 };
    replies = {
      [cancelPath]: { body: { code: 'OverRemainAmount' } },
      [historyPath]: { body: history(theRest, givenBack, admitted) },
    };
    expect(await gateway().refund(charge, 'CANCELLED')()).toMatchObject(E.right({ answer: 'Approved' }));
    expect(cancels()).toHaveLength(1);
  });

  test('goes back, where nobody knew yet that it was charged, and then was declined', async () => {
    replies = {
      [historyPath]: { body: history(givenBack, admitted) },
      [applyPath]: { body: detail(1_000) },
      [cancelPath]: cancelling,
    };
    expect(await gateway().inquire(charge)()).toEqual(E.right({ answer: 'Declined', code: 'PartlyCanceled' }));
    expect(cancels()).toEqual([
      ['pay1-refund', '1000'],
      ['pay1-refund-700', '700'],
    ]);
  });

  test.each<[string, Reply, object]>([
    ['tells nothing', { body: { code: 'Fail' } }, E.left('GatewayUndecided')],
    [
      'does not tell how much',
      { body: history({ ...givenBack, totalPayAmount: undefined }) },
      E.left('GatewayUndecided'),
    ],
    ['does not come', { status: 500 }, E.left('GatewayOutcomeUnknown')],
    ['knows of no charge', { body: history() }, E.left('GatewayUndecided')],
    ['knows of no part', { body: history(admitted) }, E.right({ answer: 'Declined', code: 'OverRemainAmount' })],
  ])('is not given back by guess: its history %s', async (_, told, expected) => {
    replies = { [cancelPath]: cancelling, [historyPath]: told };
    expect(await gateway().refund(charge, 'CANCELLED')()).toEqual(expected);
    expect(cancels()).toHaveLength(1);
  });
});
