import { type Page } from 'playwright-core';

/** What the page shows takes a while where everyone is busy. */
export const WITHIN = { timeout: 20_000 };

export interface SaleOnPage {
  readonly quantity?: number;
  readonly stock?: number;
  readonly seconds?: number;
  readonly active?: number;
}

/** Somebody in front of the demo page, with the names of what they do there. */
export const demoVisitor = (page: Page) => {
  const notices = (text: string) => page.locator('#notices li', { hasText: text });
  return {
    /** Opens the page as somebody, and waits until they hear what happens. */
    comeAs: async (name: string, url: string): Promise<void> => {
      await page.goto(url);
      await page.fill('#user', name);
      await page.press('#user', 'Enter');
      await page.waitForSelector('#live[data-state=on]', WITHIN);
    },
    /** Starts a sale; answers its id. */
    startSale: async (sale: SaleOnPage = {}): Promise<string> => {
      const terms = { quantity: 80, stock: 60, seconds: 0, active: 10, ...sale };
      for (const [name, value] of Object.entries(terms)) await page.fill(`[name=${name}]`, String(value));
      await page.click('#new-sale button');
      await page.waitForSelector('#send-crowd:enabled', WITHIN);
      return new URL(page.url()).hash.replace('#sale=', '');
    },
    /** Goes through the queue and gets a coupon. */
    getCoupon: async (): Promise<void> => {
      await page.click('#enter:enabled', WITHIN);
      await page.click('#ask:enabled', WITHIN);
      await page.waitForSelector('#result[data-outcome=won]', WITHIN);
    },
    order: async (count: number): Promise<void> => {
      await page.check(`[name=count][value="${count}"]`, WITHIN);
      await page.click('#place-order:enabled', WITHIN);
      await page.waitForSelector('#step-order[data-state=done]', WITHIN);
    },
    pay: async (gateway: 'ok' | 'decline' | 'timeout'): Promise<void> => {
      await page.check(`[name=gateway][value=${gateway}]`, WITHIN);
      await page.click('#pay:enabled', WITHIN);
    },
    /** Those told of this, by the numbers they came with; the newest first. */
    told: async (text: string): Promise<ReadonlyArray<number>> =>
      (await notices(text).locator('span').allTextContents()).map((id) => Number(id.slice(1))),
  };
};
