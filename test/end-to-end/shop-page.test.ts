import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { type Page } from 'playwright-core';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { describeWithBrowser } from '../support/engines/describe-with-browser.js';
import { freePort } from '../support/engines/free-port.js';
import { eventually } from '../support/eventually.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { keyOf } from './access.suite.js';

const newDir = tempDirs();
/** An end for what hangs: three processes share the machine with the browser. */
const WITHIN = { timeout: 60_000 };
const guide = readFileSync('docs/integrate-a-shop.md', 'utf8');

/** What the guide puts on sale: method, path and body of each call. */
const callsOfGuide = [...guide.matchAll(/^sell (\S+) (\S+) '(.+)'$/gm)].map(([, ...call]) => call);

await describeWithBrowser((browser) => {
  let shop: ChildProcess;
  let shopUrl: string;
  let sale: RunningServer;
  const faults: string[] = [];
  beforeAll(async () => {
    const port = String(await freePort());
    const env = { ...process.env, NODE_OPTIONS: '', PORT: '0', SALE_URL: `http://127.0.0.1:${port}` };
    shop = spawn(process.execPath, ['docs/examples/shop/server.mjs'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    if (shop.stdout === null) throw new Error('The shop says nothing');
    const [line] = await once(createInterface(shop.stdout), 'line');
    shopUrl = String(line);
    const directory = newDir();
    const operator = keyOf(directory, 'kim', 'operator');
    sale = await startInProcess(directory, {
      ...{ HTTP_PORT: port, AUTH: 'jwt', CORS_ORIGINS: shopUrl },
      ...{ AUTH_ISSUER: 'my-shop', AUTH_AUDIENCE: 'sale', AUTH_JWKS_URL: `${shopUrl}/jwks.json` },
    });
    for (const [method = '', path = '', body = ''] of callsOfGuide) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${operator}` };
      const response = await fetch(sale.url + path, { method, headers, body });
      expect([path, response.ok]).toEqual([path, true]);
    }
    await eventually(async () => {
      const coupon = await fetch(`${sale.url}/api/coupons/gala-10`);
      expect(await coupon.json()).toMatchObject({ status: 'OPEN' });
    });
  });
  afterAll(async () => {
    shop.kill();
    await sale.stop();
  });
  afterEach(() => expect(faults).toEqual([]));

  const newVisitor = async (): Promise<Page> => {
    const page = await browser().newPage({ viewport: { width: 480, height: 300 } });
    page.on('pageerror', (error) => faults.push(error.message));
    return page;
  };
  const says = (page: Page, text: string) => page.getByText(text).waitFor(WITHIN);
  const press = (page: Page, name: string) => page.getByRole('button', { name }).click(WITHIN);

  it('sells to one after the other: the line, the coupon, the order, the payment, the confirmation', async () => {
    const [ana, ben] = [await newVisitor(), await newVisitor()];
    for (const page of [ana, ben]) await page.goto(shopUrl);
    await press(ana, 'Enter');
    await says(ana, 'It is your turn, with 10 % off.');
    await press(ben, 'Enter');
    await says(ben, 'You are number 1 in line.');
    await press(ana, 'Buy a ticket');
    await says(ana, 'It is held for you. ₩45,000 to pay.');
    if (process.env['SCREENSHOT'] !== undefined) await ana.screenshot({ path: process.env['SCREENSHOT'] });
    // Whoever loads the page again goes on with the same order.
    await ana.reload();
    await press(ana, 'Enter');
    await press(ana, 'Buy a ticket');
    await press(ana, 'Pay');
    await says(ana, 'The ticket is yours.');

    await says(ben, 'It is your turn.');
    await press(ben, 'Buy a ticket');
    await says(ben, 'It is held for you. ₩50,000 to pay.');
    await press(ben, 'Pay');
    await says(ben, 'The ticket is yours.');
    await eventually(async () => {
      const product = await fetch(`${sale.url}/api/products/gala-ticket`);
      expect(await product.json()).toMatchObject({ onHand: 98, held: 0 });
    });
    for (const page of [ana, ben]) await page.close();
  });

  it('sells by the hooks of React, which begins every effect twice', async () => {
    const { outputFiles } = buildSync({
      ...{ entryPoints: ['docs/examples/react/shop.jsx'], bundle: true, write: false },
      ...{ format: 'esm', target: 'es2022', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"development"' } },
      alias: {
        '@doorbuster/client': resolve('packages/client/src/index.ts'),
        '@doorbuster/react': resolve('packages/react/src/index.ts'),
      },
    });
    const cid = await newVisitor();
    await cid.goto(`${shopUrl}/jwks.json`);
    await cid.evaluate(`document.body.innerHTML = '<div id="root"></div>'`);
    await cid.addScriptTag({ type: 'module', content: outputFiles[0]?.text ?? '' });
    await says(cid, 'CONNECTED');
    await press(cid, 'Enter');
    await press(cid, '10 % off');
    await cid.getByRole('alert').getByText('There are none left.').waitFor(WITHIN);
    await press(cid, 'Buy a ticket');
    await press(cid, 'Pay ₩50000');
    await says(cid, 'The ticket is yours.');
    await cid.close();
  });
});
