import { mkdir, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { consoleRoutes } from '../../../src/adapters/http/routes/console.js';
import { Exchange } from '../../../src/adapters/http/exchange.js';
import { allEvents } from '../../../src/application/operating/all-events.js';
import { timelinesView } from '../../../src/application/operating/timeline/timelines.js';
import { type NoticeKind } from '../../../src/application/notices/notice.js';
import { coupon } from '../../../src/adapters/http/schemas/coupon.js';
import { event } from '../../../src/adapters/http/routes/events.js';
import { product } from '../../../src/adapters/http/schemas/order.js';
import { en } from '../../../web/console/src/text/en.js';
import { ko } from '../../../web/console/src/text/ko.js';
import { mayBeCancelled, ordersIn } from '../../../web/console/src/views/people/orders-in.js';
import { tempDirs } from '../../support/temp-dir.js';
import { type Answer } from '../../../src/adapters/http/answer.js';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

const NOTICES: Readonly<Record<NoticeKind, true>> = {
  'coupon-issued': true,
  'coupon-rejected': true,
  'coupon-rejection-withdrawn': true,
  'token-activated': true,
  'token-expired': true,
  'order-completed': true,
  'order-cancelled': true,
  'order-expired': true,
  'order-failed': true,
  'payment-completed': true,
  'payment-refunded': true,
  'event-open': true,
  'event-cancelled': true,
};

const newDir = tempDirs();

const asked = async (folder: string, path: string, params: object): Promise<Answer | undefined> => {
  const req = new IncomingMessage(new Socket());
  const exchange = new Exchange(req, new ServerResponse(req), 'request-1');
  return consoleRoutes(pathToFileURL(`${folder}/`))
    .find((route) => route.path === path)
    ?.serve(exchange, params);
};
const asset = '/console/assets/:file';

describe('the words of the console', () => {
  it('are there for everything that can happen to a person, in both languages', () => {
    const streams = new Map(allEvents.contexts.flatMap((context) => context.streams));
    const happen = timelinesView.streamPrefixes.flatMap((prefix) => [...(streams.get(prefix)?.types.keys() ?? [])]);
    expect(happen).toContain('DeliveryCreated');
    const needed = [...happen.map((type) => `what.${type}`), ...Object.keys(NOTICES).map((kind) => `notice.${kind}`)];
    for (const words of [en, ko]) expect(needed.filter((key) => !Object.hasOwn(words, key))).toStrictEqual([]);
    expect(Object.keys(ko).toSorted()).toStrictEqual(Object.keys(en).toSorted());
  });

  it('are there for every status that the API answers with', () => {
    const statuses = [coupon, event, product].flatMap(({ shape }) => shape.status.options);
    const words = statuses.map((status) => `status.${status}`);
    expect(words.filter((key) => !Object.hasOwn(en, key))).toStrictEqual([]);
  });
});

describe('the orders of a person', () => {
  const of = (...happened: ReadonlyArray<string>) =>
    ordersIn(happened.map((what) => ({ what, facts: { orderId: 'one' } }))).get('one');

  it('stand as the state machine has left them, whatever is told of them afterwards', () => {
    expect(of('OrderCreated', 'StockReserved')).toStrictEqual({ by: 'OrderCreated', standing: 'UNPAID' });
    expect(of('OrderCreated', 'OrderPaid', 'OrderCancelled', 'OrderPaymentRefused', 'DeliveryCancelled')).toStrictEqual(
      { by: 'OrderCancelled', standing: 'OVER' },
    );
  });

  it('can be cancelled until they are shipped', () => {
    const may = (...happened: ReadonlyArray<string>): boolean => {
      const order = of(...happened);
      return order !== undefined && mayBeCancelled(order);
    };
    expect(may('OrderCreated', 'OrderPaymentPending', 'OrderPaid', 'OrderConfirmed')).toBe(true);
    expect(may('OrderCreated', 'OrderPaid', 'OrderConfirmed', 'OrderShipped')).toBe(false);
    expect(may('OrderCreated', 'OrderExpired')).toBe(false);
  });
});

describe('the console', () => {
  it('is served under a strict policy, its assets for ever, its page not', async () => {
    const folder = newDir();
    await mkdir(`${folder}/assets`);
    await writeFile(`${folder}/index.html`, '<!doctype html>');
    await writeFile(`${folder}/assets/index-AbC_1.js`, 'export {};');
    const page = await asked(folder, '/console', {});
    expect(page).toMatchObject({
      status: 200,
      bytes: Buffer.from('<!doctype html>'),
      headers: { 'Cache-Control': 'no-cache' },
    });
    expect(page).toMatchObject({
      headers: {
        'Content-Security-Policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self';/),
      },
    });
    expect(await asked(folder, asset, { file: 'index-AbC_1.js' })).toMatchObject({
      status: 200,
      bytes: Buffer.from('export {};'),
      headers: {
        'Cache-Control': expect.stringContaining('immutable'),
        'Content-Type': expect.stringContaining('javascript'),
      },
    });
  });

  it('is 404 where it was not built, and serves nothing beside its assets', async () => {
    const folder = newDir();
    await mkdir(`${folder}/assets`);
    await writeFile(`${folder}/secret.js`, 'secret');
    expect(await asked(folder, '/console', {})).toMatchObject({ status: 404 });
    for (const [file, status] of [
      ['secret.js', 404],
      ['../secret.js', 400],
      ['..', 400],
      ['.js', 400],
    ] as const)
      expect([file, await asked(folder, asset, { file })]).toMatchObject([file, { status }]);
  });
});
