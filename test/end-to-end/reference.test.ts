import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { describeWithBrowser } from '../support/engines/describe-with-browser.js';
import { eventually } from '../support/eventually.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { authenticating, tokenOf } from './access.suite.js';

const newDir = tempDirs();

await describeWithBrowser((browser) => {
  let server: RunningServer;
  let token: string;
  beforeAll(async () => {
    const directory = newDir();
    // The example of a user's id in the document is this one.
    token = await tokenOf(directory, 'spring-sale');
    server = await startInProcess(directory, authenticating(directory));
  });
  afterAll(() => server.stop());

  it('shows the reference without anything from elsewhere, and makes a call with the token of the reader', async () => {
    const page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    const faults: string[] = [];
    const elsewhere: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
    });
    await page.goto(`${server.url}/docs#tag/coupons/GET/api/users/{userId}/coupons`);
    await eventually(async () => expect(await page.textContent('#reference')).toContain('Ask for a coupon'));
    if (process.env['SCREENSHOT'] !== undefined) await page.screenshot({ path: process.env['SCREENSHOT'] });
    await page.getByRole('button', { name: 'Test Request (get /api/users/{userId}/coupons)' }).first().click();
    await page.getByPlaceholder('Token').last().fill(token);
    const answered = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('/coupons'));
    await page.getByRole('button', { name: /^Send/ }).first().click();
    const response = await answered;
    expect([response.status(), await response.json()]).toEqual([200, { items: [], nextCursor: null }]);
    expect([faults, elsewhere]).toEqual([[], []]);
    await page.close();
  });
});
