import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { either as E } from 'fp-ts';
import { createWebhookAlerts, type WebhookAlerts } from '../../../src/adapters/webhook/webhook-alerts.js';
import { eventually } from '../../support/eventually.js';
import { movedClock } from '../../support/moved-clock.js';

const alert = { key: 'dead-letter', title: 'A message was set aside', text: 'coupon-issue-requests/0 @ 17 <poison>' };

let received: unknown[] = [];
let status = 200;
let answers = true;
let server: Server;
let url: string;
let alerts: WebhookAlerts;

beforeEach(async () => {
  received = [];
  status = 200;
  answers = true;
  server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => received.push(JSON.parse(body)));
    request.on('end', () =>
      answers ? response.writeHead(request.method === 'POST' ? status : 200, { location: '/' }).end() : undefined,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hook`;
});

afterEach(async () => {
  alerts.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

test('an alert that is answered with another address has not arrived: nobody reads it there', async () => {
  status = 302;
  alerts = createWebhookAlerts({ url, timeoutMs: 2_000, clock: movedClock() });
  expect(await alerts.raise(alert)()).toEqual(E.left('AlertsUnavailable'));
});

test('an alert arrives as a message of Slack, with its markup harmless', async () => {
  alerts = createWebhookAlerts({ url, timeoutMs: 2_000, clock: movedClock() });
  expect(await alerts.raise(alert)()).toEqual(E.right(undefined));
  expect(received).toEqual([{ text: '*A message was set aside*\ncoupon-issue-requests/0 @ 17 &lt;poison&gt;' }]);
});

test('a thousand alerts of one kind are one, and a count when the minute is over', async () => {
  const clock = movedClock();
  alerts = createWebhookAlerts({ url, timeoutMs: 2_000, clock });
  for (let n = 0; n < 1_000; n += 1) await alerts.raise(alert)();
  expect(received).toHaveLength(1);
  clock.move(60_000);
  await eventually(() => expect(received).toHaveLength(2));
  expect(received[1]).toEqual({ text: expect.stringContaining('999 of this kind were held back') });
});

test('another kind of alert is not held back by the first', async () => {
  alerts = createWebhookAlerts({ url, timeoutMs: 2_000, clock: movedClock() });
  await alerts.raise(alert)();
  await alerts.raise({ ...alert, key: 'gate-lost' })();
  expect(received).toHaveLength(2);
});

test('a flood of kinds is held back as well', async () => {
  alerts = createWebhookAlerts({ url, timeoutMs: 2_000, clock: movedClock() });
  for (let n = 0; n < 1_200; n += 1) await alerts.raise({ ...alert, key: `kind-${n}` })();
  expect(received).toHaveLength(1_001);
});

test('a webhook that does not answer costs its time-out, no more', async () => {
  answers = false;
  alerts = createWebhookAlerts({ url, timeoutMs: 50, clock: movedClock() });
  expect(await alerts.raise(alert)()).toEqual(E.left('AlertsUnavailable'));
});

test('a webhook that keeps failing is left alone for a while, and tried again after it', async () => {
  status = 500;
  alerts = createWebhookAlerts({ url, timeoutMs: 2_000, resetMs: 100, clock: movedClock() });
  for (let n = 0; n < 6; n += 1)
    expect(await alerts.raise({ ...alert, key: `${n}` })()).toEqual(E.left('AlertsUnavailable'));
  expect(received.length).toBeLessThan(6);
  status = 200;
  let key = 6;
  await eventually(async () =>
    expect(await alerts.raise({ ...alert, key: `${(key += 1)}` })()).toEqual(E.right(undefined)),
  );
});
