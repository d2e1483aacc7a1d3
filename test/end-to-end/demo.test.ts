import { type Page } from 'playwright-core';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { describeWithBrowser } from '../support/engines/describe-with-browser.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { tunnelTo } from '../support/tunnel.js';

const newDir = tempDirs();
const discount = { kind: 'PERCENT', value: 10 };
const WITHIN = { timeout: 20_000 };

await describeWithBrowser((browser) => {
  let server: RunningServer;
  let page: Page;
  let faults: string[];
  beforeAll(async () => {
    server = await startInProcess(newDir());
  });
  beforeEach(async () => {
    faults = [];
    page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => faults.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    expect(faults).toStrictEqual([]);
  });
  afterAll(() => server.stop());

  const startSale = async ({ quantity = 80, seconds = 3, active = 10 }): Promise<string> => {
    await page.fill('[name=quantity]', String(quantity));
    await page.fill('[name=seconds]', String(seconds));
    await page.fill('[name=active]', String(active));
    await page.click('#new-sale button');
    await page.waitForSelector('#send-crowd:enabled', WITHIN);
    return new URL(page.url()).hash.replace('#sale=', '');
  };

  it('shows a person through a sale: the queue, the place that moves, the coupon, the result as it happens', async () => {
    await page.goto(server.url);
    await page.fill('#user', 'ana');
    await page.press('#user', 'Enter');
    await page.waitForSelector('#live[data-state=on]', WITHIN);
    const sale = await startSale({});
    await page.fill('[name=people]', '40');
    await page.click('#send-crowd');
    await eventually(async () => expect(await page.textContent('#crowd-hint')).toMatch(/of 40 have been/));
    await page.click('#enter:enabled', WITHIN);
    await eventually(async () => expect(Number(await page.textContent('#place'))).toBeGreaterThan(0), 20_000);
    await page.waitForSelector('#step-queue[data-state=done]', WITHIN);
    await page.click('#ask:enabled', WITHIN);
    await page.waitForSelector('#result[data-outcome=won]', WITHIN);

    expect(await page.textContent('#result')).toMatch(/^It is yours: number \d+\.$/);
    const told = await page.locator('#notices b').allTextContents();
    expect(told.filter((line) => line.startsWith('The coupon is yours'))).toHaveLength(1);
    expect(told).toContain('It is your turn');
    await eventually(async () => expect(await page.textContent('#crowd-hint')).toBe('40 of 40 have been.'), 20_000);
    await eventually(async () => expect(await page.textContent('#issued')).toBe('41'));
    expect(await page.getAttribute('#sale-bar', 'aria-valuenow')).toBe('51');
    const verdict = await http(`${server.url}/admin/coupons/${sale}/verify`);
    expect(verdict.body['verdict']).toBe('PASS');
    if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] });
  }, 60_000);

  it('shows each notice exactly once to a browser that loses its connection and comes back', async () => {
    const road = await tunnelTo(Number(new URL(server.url).port));
    await page.goto(`http://127.0.0.1:${road.port}/`);
    await page.fill('#user', 'ben');
    await page.press('#user', 'Enter');
    await page.waitForSelector('#live[data-state=on]', WITHIN);
    const coupons = Array.from({ length: 9 }, (_, n) => `browser-${n}`);
    for (const [n, couponId] of coupons.entries()) {
      await http(`${server.url}/api/coupons`, { couponId, name: couponId, quantity: 1, discount });
      if (n % 4 === 2) road.cut();
      await http(`${server.url}/api/coupons/${couponId}/issue`, { userId: 'ben' });
    }
    const ids = () => page.locator('#notices li', { hasText: 'The coupon is yours' }).locator('span').allTextContents();
    await eventually(async () => expect(await ids()).toHaveLength(coupons.length), 20_000);
    await page.waitForSelector('#live[data-state=on]', WITHIN);
    const shown = (await ids()).map((id) => Number(id.slice(1)));
    expect(shown).toStrictEqual([...new Set(shown)].sort((one, other) => other - one));
    road.close();
  }, 60_000);

  it('fits a telephone, and can be used with the keyboard alone', async () => {
    await page.setViewportSize({ width: 360, height: 720 });
    await page.goto(server.url);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.focus('#user');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('That’s me');
  }, 30_000);
});
