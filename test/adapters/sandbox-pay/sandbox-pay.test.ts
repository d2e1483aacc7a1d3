import { either as E } from 'fp-ts';
import { join } from 'node:path';
import { appendFileSync } from 'node:fs';
import { fileLedger } from '../../../src/adapters/sandbox-pay/file-ledger.js';
import { memoryLedger } from '../../../src/adapters/sandbox-pay/ledger.js';
import { sandboxPay } from '../../../src/adapters/sandbox-pay/sandbox-pay.js';
import { wallClock } from '../../support/in-memory/quiet.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();
const charge = (gatewayPaymentId: string, paymentId = 'pay1') => ({
  paymentId,
  orderId: 'o1',
  gatewayPaymentId,
  amount: 5,
});
const sandbox = (ledger = memoryLedger(), rates = { decline: 0, timeOut: 0 }) => ({
  gateway: sandboxPay({ clock: wallClock, ledger, rates, timeoutMs: 1 }),
  ledger,
});

test('it charges, and told twice charges once', async () => {
  const { gateway, ledger } = sandbox();
  for (let n = 0; n < 2; n += 1)
    expect(await gateway.approve(charge('ok-1'))()).toMatchObject(E.right({ answer: 'Approved' }));
  expect(ledger.all()).toHaveLength(1);
});

test('it declines when told to', async () => {
  expect(await sandbox().gateway.approve(charge('decline-1'))()).toMatchObject(E.right({ answer: 'Declined' }));
});

test('it charges and says nothing; asked, it tells', async () => {
  const { gateway } = sandbox();
  expect(await gateway.approve(charge('timeout-1'))()).toEqual(E.left('GatewayOutcomeUnknown'));
  expect(await gateway.inquire(charge('timeout-1'))()).toMatchObject(E.right({ answer: 'Approved' }));
});

test('it loses a call: asked, it has not charged; told again, it does', async () => {
  const { gateway } = sandbox();
  expect(await gateway.approve(charge('lost-1'))()).toEqual(E.left('GatewayOutcomeUnknown'));
  expect(await gateway.inquire(charge('lost-1'))()).toMatchObject(E.right({ answer: 'NotCharged' }));
  expect(await gateway.approve(charge('lost-1'))()).toMatchObject(E.right({ answer: 'Approved' }));
});

test('it gives back what it charged, and nothing else', async () => {
  const { gateway, ledger } = sandbox();
  expect(await gateway.refund(charge('ok-1'), 'x')()).toMatchObject(E.right({ answer: 'Declined' }));
  await gateway.approve(charge('ok-1'))();
  for (let n = 0; n < 2; n += 1)
    expect(await gateway.refund(charge('ok-1'), 'x')()).toMatchObject(E.right({ answer: 'Approved' }));
  expect(ledger.all()).toMatchObject([{ state: 'REFUNDED' }]);
});

test('what was charged for one payment is not charged for another, also after it was given back', async () => {
  const { gateway, ledger } = sandbox();
  await gateway.approve(charge('ok-1'))();
  const used = E.right({ answer: 'Declined', code: 'SANDBOX_USED' });
  expect(await gateway.approve(charge('ok-1', 'pay2'))()).toEqual(used);
  await gateway.refund(charge('ok-1'), 'x')();
  expect(await gateway.approve(charge('ok-1', 'pay2'))()).toEqual(used);
  expect(ledger.all()).toMatchObject([{ paymentId: 'pay1', state: 'REFUNDED' }]);
});

test('what it tells is held against what is asked: the amount, and whether it was given back', async () => {
  const { gateway } = sandbox();
  await gateway.approve(charge('ok-1'))();
  expect(await gateway.inquire({ ...charge('ok-1'), amount: 6 })()).toMatchObject(E.right({ answer: 'Declined' }));
  expect(await gateway.inquire(charge('ok-1'))()).toMatchObject(E.right({ answer: 'Approved' }));
  await gateway.refund(charge('ok-1'), 'x')();
  expect(await gateway.inquire(charge('ok-1'))()).toMatchObject(E.right({ answer: 'Declined' }));
});

test('its rates hold over many charges, and a repetition fares as the first time', async () => {
  const { gateway, ledger } = sandbox(memoryLedger(), { decline: 0.3, timeOut: 0 });
  for (let n = 0; n < 1_000; n += 1) await gateway.approve(charge(`np-${n * 7_919}`, `pay-${n}`))();
  const share = ledger.all().filter(({ state }) => state === 'DECLINED').length / 1_000;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.4);
});

test('its books outlive a crash, even one in the middle of a line', async () => {
  const file = join(newDir(), 'ledger.jsonl');
  await sandbox(fileLedger(file)).gateway.approve(charge('ok-1'))();
  appendFileSync(file, '{"paymentId":"pay2","st');
  const { gateway, ledger } = sandbox(fileLedger(file));
  expect(ledger.all()).toMatchObject([{ paymentId: 'pay1', state: 'CHARGED' }]);
  expect(await gateway.inquire(charge('ok-1'))()).toMatchObject(E.right({ answer: 'Approved' }));
  await gateway.approve(charge('ok-2', 'pay2'))();
  expect(fileLedger(file).all()).toMatchObject([{ paymentId: 'pay1' }, { paymentId: 'pay2' }]);
});

test('processes that share its books see what the others did: charged by one, given back by another', async () => {
  const file = join(newDir(), 'ledger.jsonl');
  const [api, worker] = [sandbox(fileLedger(file)), sandbox(fileLedger(file))];
  expect(await worker.gateway.inquire(charge('ok-1'))()).toMatchObject(E.right({ answer: 'NotCharged' }));
  await api.gateway.approve(charge('ok-1'))();
  expect(await worker.gateway.refund(charge('ok-1'), 'x')()).toMatchObject(E.right({ answer: 'Approved' }));
  expect(api.ledger.all()).toMatchObject([{ paymentId: 'pay1', state: 'REFUNDED' }]);
});
