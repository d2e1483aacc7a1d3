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
let url = '';

beforeEach(async () => {
  calls = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      calls.push({
        path: request.url ?? '',
        headers: request.headers,
        form: Object.fromEntries(new URLSearchParams(text)),
      });
      if (reply.silent !== true) response.writeHead(reply.status ?? 200).end(JSON.stringify(reply.body ?? {}));
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

test('another amount than was asked for is not concluded from: a person has to look', async () => {
  reply = { body: detail(999) };
  expect(await gateway().approve(charge)()).toEqual(E.left('GatewayOutcomeUnknown'));
});

test.each(['Fail', 'TimeExpired', 'OwnerAuthFail', 'InvalidMerchant'])('%s means it was declined', async (code) => {
  reply = { body: { code } };
  expect(await gateway().approve(charge)()).toEqual(E.right({ answer: 'Declined', code }));
});

test.each<[string, Reply]>([
  ['still at it', { body: { code: 'AlreadyOnGoing' } }],
  ['done before, by nobody knows whom', { body: { code: 'AlreadyComplete' } }],
  ['broken', { status: 500, body: { code: 'Fail' } }],
  ['not making sense', { body: { hello: 'there' } }],
  ['silent', { silent: true }],
])('a gateway that is %s leaves the outcome unknown', async (_, given) => {
  reply = given;
  expect(await gateway(200).approve(charge)()).toEqual(E.left('GatewayOutcomeUnknown'));
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
  expect(await gateway().refund(charge, 'CANCELLED')()).toEqual(E.left('GatewayOutcomeUnknown'));
});
