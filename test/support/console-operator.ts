import { type Page } from 'playwright-core';

/** What the page shows takes a while where everyone is busy. */
export const WITHIN = { timeout: 20_000 };

export const consolePages = [
  '#/tonight',
  '#/shop/coupons',
  '#/shop/events',
  '#/shop/schedules',
  '#/shop/products',
  '#/people',
  '#/proof',
  '#/repair/letters',
  '#/repair/orders',
  '#/repair/streams',
  '#/repair/webhooks',
  '#/repair/views',
  '#/repair/reconcile',
  '#/audit',
] as const;

/** Somebody in front of the console, with the names of what they do there. */
export const consoleOperator = (page: Page) => {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const goTo = async (place: string): Promise<void> => {
    await page.evaluate(`location.hash = ${JSON.stringify(place)}`);
  };
  const fillIn = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    const dialog = page.locator('dialog');
    // It is drawn a moment before it is opened, and nothing in it can be seen before.
    await dialog.waitFor(WITHIN);
    for (const [name, value] of Object.entries(fields)) {
      const field = dialog.locator(`[name=${name}]`);
      await field.waitFor({ state: 'attached', ...WITHIN });
      if (!(await field.isVisible())) await dialog.locator('summary').click(WITHIN);
      if ((await dialog.locator(`select[name=${name}]`).count()) > 0) await field.selectOption(value);
      else await field.fill(value);
    }
  };
  return {
    button,
    goTo,
    open: async (url: string): Promise<void> => {
      await page.goto(`${url}/console`);
    },
    signIn: async (url: string, key: string): Promise<void> => {
      await page.goto(`${url}/console`);
      await page.fill('[name=credential]', key, WITHIN);
      await page.click('button[type=submit]');
      await page.waitForSelector('.live[data-state=live]', WITHIN);
    },
    /** Opens a dialog, fills it in, says why, and does it. */
    act: async (name: string, fields: Readonly<Record<string, string>>, reason: string): Promise<void> => {
      await button(name).click(WITHIN);
      const dialog = page.locator('dialog');
      await fillIn(fields);
      await dialog.locator('[name=reason]').fill(reason);
      await dialog.locator('button[type=submit]').click();
      await dialog.waitFor({ state: 'detached', ...WITHIN });
    },
    /** What the dialog says it would do, line by line. */
    effects: async (name: string, fields: Readonly<Record<string, string>>): Promise<ReadonlyArray<string>> => {
      await button(name).click(WITHIN);
      await fillIn(fields);
      const lines = await page.locator('.effects dl > div').allTextContents();
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached', ...WITHIN });
      return lines.map((line) => line.replaceAll(/\s+/g, ' ').trim());
    },
    fitsAcross: async (): Promise<boolean> =>
      (await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')) === true,
  };
};
