import { type Page } from 'playwright-core';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { demoVisitor, WITHIN } from '../support/demo-visitor.js';
import { describeWithBrowser } from '../support/engines/describe-with-browser.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { keyOf } from './access.suite.js';
import { tunnelTo } from '../support/tunnel.js';

const newDir = tempDirs();
const discount = { kind: 'PERCENT', value: 10 };

await describeWithBrowser((browser) => {
  let server: RunningServer;
  let page: Page;
  let visitor: ReturnType<typeof demoVisitor>;
  let faults: string[];
  beforeAll(async () => {
    server = await startInProcess(newDir());
  });
  beforeEach(async () => {
    faults = [];
    page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => faults.push(error.message));
    visitor = demoVisitor(page);
  });
  afterEach(async () => {
    await page.close();
    expect(faults).toStrictEqual([]);
  });
  afterAll(() => server.stop());

  it('shows a person through a sale: the queue, the place that moves, the coupon, the order, the payment', async () => {
    await visitor.comeAs('ana', server.url);
    const sale = await visitor.startSale({ seconds: 3, stock: 100 });
    await page.fill('[name=people]', '20');
    await page.click('#send-crowd');
    await eventually(async () => expect(await page.textContent('#crowd-hint')).toMatch(/of 20 have been/));
    await page.click('#enter:enabled', WITHIN);
    await eventually(async () => expect(Number(await page.textContent('#place'))).toBeGreaterThan(0));
    await page.waitForSelector('#step-queue[data-state=done]', WITHIN);
    await page.click('#ask:enabled', WITHIN);
    await page.waitForSelector('#result[data-outcome=won]', WITHIN);
    expect(await page.textContent('#result')).toMatch(/^It is yours: number \d+\.$/);

    await visitor.order(2);
    expect(await page.textContent('#order-gist')).toBe('2 tickets for ₩96,000.');
    if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] });
    await visitor.pay('ok');
    await page.waitForSelector('#payment-gist[data-outcome=won]', WITHIN);
    await eventually(async () => expect(await visitor.told('Order complete')).toHaveLength(1));
    for (const once of ['It is your turn', 'The coupon is yours', 'Payment complete: ₩96,000'])
      expect([once, await visitor.told(once)]).toStrictEqual([once, [expect.any(Number)]]);

    await eventually(async () => expect(await page.textContent('#crowd-hint')).toBe('20 of 20 have been.'));
    await eventually(async () => expect(await page.textContent('#issued')).toBe('21'));
    expect(await page.getAttribute('#sale-bar', 'aria-valuenow')).toBe('26');
    for (const part of ['held', 'available'])
      await eventually(async () => {
        const { body } = await http(`${server.url}/api/products/${sale}`);
        expect(await page.textContent(`#${part}`)).toBe(String(body[part]));
      });
    expect((await http(`${server.url}/admin/coupons/${sale}/verify`)).body['verdict']).toBe('PASS');
    expect((await http(`${server.url}/admin/products/${sale}/verify`)).body['verdict']).toBe('PASS');
  });

  it('says it clearly when a payment is declined; a gateway that charges and says nothing charges once', async () => {
    await page.setViewportSize({ width: 360, height: 720 });
    await visitor.comeAs('cho', server.url);
    await visitor.startSale();
    await visitor.getCoupon();
    await visitor.order(1);
    await visitor.pay('decline');
    await page.waitForSelector('#payment-gist[data-outcome=lost]', WITHIN);
    expect(await page.textContent('#payment-gist')).toBe('Declined: nothing was charged. Your tickets are still held.');
    await eventually(async () => expect(await page.textContent('#held')).toBe('1'));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await visitor.told('Payment complete')).toStrictEqual([]);

    await visitor.pay('timeout');
    await page.waitForSelector('#payment-gist[data-outcome=won]', WITHIN);
    await eventually(async () => expect(await page.textContent('#sold')).toBe('1'));
    expect(await visitor.told('Payment complete: ₩48,000')).toHaveLength(1);
  });

  it('lets an order fail that is declined too often, and gives back what it held', async () => {
    await visitor.comeAs('dan', server.url);
    await visitor.startSale();
    await visitor.getCoupon();
    await visitor.order(3);
    for (let attempt = 1; attempt <= 3; attempt++) await visitor.pay('decline');
    await page.waitForSelector('#step-order[data-state=failed]', WITHIN);
    expect(await page.textContent('#order-gist')).toMatch(/^Declined too often/);
    await eventually(async () => expect(await page.textContent('#held')).toBe('0'));
    await page.click('#order-again', WITHIN);
    await visitor.order(1);
  });

  it('takes an order back, before it is paid and after: told once each time, and the shelf is as it was', async () => {
    await visitor.comeAs('eva', server.url);
    await visitor.startSale({ stock: 5 });
    await visitor.getCoupon();
    await visitor.order(2);
    await eventually(async () => expect(await page.textContent('#held')).toBe('2'));
    await page.click('#cancel:enabled', WITHIN);
    await page.click('#order-again', WITHIN);
    await visitor.order(3);
    await visitor.pay('ok');
    await page.waitForSelector('#payment-gist[data-outcome=won]', WITHIN);
    await eventually(async () => expect(await page.textContent('#sold')).toBe('3'));
    await page.click('#cancel:enabled', WITHIN);
    await eventually(async () => expect(await page.textContent('#payment-gist')).toBe('The money goes back to you.'));
    await eventually(async () => expect(await page.textContent('#available')).toBe('5'));
    expect(await visitor.told('Order cancelled')).toHaveLength(2);
  });

  it('shows each notice exactly once to a browser that loses its connection and comes back', async () => {
    const road = await tunnelTo(Number(new URL(server.url).port));
    await visitor.comeAs('ben', `http://127.0.0.1:${road.port}/`);
    const numbers = Array.from({ length: 9 }, (_, n) => `browser-${n}`);
    for (const [n, id] of numbers.entries()) {
      await http(`${server.url}/api/coupons`, { couponId: id, name: id, quantity: 1, discount });
      await http(`${server.url}/api/products`, { productId: id, name: id, price: 100, stock: 1 });
      if (n % 4 === 2) road.cut();
      await http(`${server.url}/api/coupons/${id}/issue`, { userId: 'ben' });
      const shipping = { recipient: 'Ben', address: 'Quay 2' };
      const order = { orderId: id, userId: 'ben', lines: [{ productId: id, quantity: 1 }], shipping };
      expect((await http(`${server.url}/api/orders`, order)).status).toBe(201);
      if (n % 4 === 3) road.cut();
      await http(`${server.url}/api/payments`, {
        orderId: id,
        userId: 'ben',
        amount: 100,
        gatewayPaymentId: `ok-${n}`,
      });
    }
    for (const what of ['The coupon is yours', 'Payment complete', 'Order complete']) {
      await eventually(async () => expect(await visitor.told(what)).toHaveLength(numbers.length));
      const shown = await visitor.told(what);
      expect(shown).toStrictEqual([...new Set(shown)].sort((one, other) => other - one));
    }
    await page.waitForSelector('#live[data-state=on]', WITHIN);
    road.close();
  });

  it('works with keys where the server asks who calls, and leaves none of them in the address', async () => {
    const directory = newDir();
    const [operator, service] = [keyOf(directory, 'kim', 'operator'), keyOf(directory, 'shop', 'service')];
    const guarded = await startInProcess(directory, { AUTH: 'jwt' });
    try {
      await visitor.comeAs('fay', `${guarded.url}/#operator=${operator}&service=${service}`);
      expect(page.url()).not.toContain('db_');
      await visitor.startSale();
      await visitor.getCoupon();
      await visitor.order(1);
      await visitor.pay('ok');
      await page.waitForSelector('#payment-gist[data-outcome=won]', WITHIN);
      await eventually(async () => expect(await visitor.told('Order complete')).toHaveLength(1));
    } finally {
      await guarded.stop();
    }
  });

  it('fits a telephone, and can be used with the keyboard alone', async () => {
    await page.setViewportSize({ width: 360, height: 720 });
    await page.goto(server.url);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.focus('#user');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('That’s me');
  });
});
