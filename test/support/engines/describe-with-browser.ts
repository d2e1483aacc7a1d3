import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { note } from './describe-with.js';

/** Named by the environment, else where distributions put it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const found = (): string | undefined =>
  [process.env['CHROMIUM'] ?? '', ...PLACES].find((place) => place !== '' && existsSync(place));

/**
 * A suite in a real browser, one for the suite; ended with it. Where there is none the suite is reported as not run.
 * `await describeWithBrowser((browser) => { it(…) })`, at the top of a test file.
 */
export const describeWithBrowser = async (suite: (browser: () => Browser) => void): Promise<void> => {
  const executablePath = found();
  const origin = executablePath ?? 'no Chromium: name one by CHROMIUM';
  await note('chromium', executablePath !== undefined, origin);
  if (executablePath === undefined) {
    describe('in a browser', () => it.skip(`not run: ${origin}`, () => undefined));
    return;
  }
  describe('in a browser', () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ARGS });
    });
    afterAll(() => browser?.close());
    suite(() => {
      if (browser === undefined) throw new Error('The browser did not start');
      return browser;
    });
  });
};
