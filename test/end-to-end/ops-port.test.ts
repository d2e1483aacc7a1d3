import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { freePort } from '../support/engines/free-port.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** A server with OPS_PORT, and what each of its ports answers when it is asked whether it is ready. */
const withOpsPort = async (variables: Readonly<Record<string, string>> = {}) => {
  const opsPort = String(await freePort());
  const server = await startInProcess(newDir(), { OPS_PORT: opsPort, ...variables });
  const readyAt = async (url: string) => {
    const { status, body } = await http(`${url}/health/ready`);
    return { status, body };
  };
  const ready = () => Promise.all([readyAt(server.url), readyAt(`http://127.0.0.1:${opsPort}`)]);
  return { server, ready };
};

/** Charges until the gateway, which nobody is, is not asked any more. */
const tireGateway = async ({ url }: RunningServer): Promise<void> => {
  await http(`${url}/api/products`, { productId: 'ticket', name: 'Ticket', price: 1_000, stock: 100 });
  const pays = async (orderId: string): Promise<void> => {
    const lines = [{ productId: 'ticket', quantity: 1 }];
    await http(`${url}/api/orders`, { orderId, userId: 'ana', lines, shipping: { to: 'Harbour 1' } });
    const payment = { orderId, userId: 'ana', amount: 1_000, gatewayPaymentId: `pay-${orderId}` };
    await http(`${url}/api/payments`, payment);
  };
  await Promise.all(Array.from({ length: 12 }, (_, n) => pays(`order-${n}`)));
};

test('both ports tell of a payment gateway that is away', async () => {
  const gateway = `http://127.0.0.1:${await freePort()}`;
  const naverPay = { NAVER_PAY_URL: gateway, NAVER_PAY_CLIENT_ID: 'id', NAVER_PAY_CLIENT_SECRET: 'secret' };
  const { server, ready } = await withOpsPort(naverPay);
  try {
    await tireGateway(server);
    const isAway = { status: 200, body: { status: 'degraded', engines: { paymentGateway: 'degraded' } } };
    await eventually(async () => expect(await ready()).toMatchObject([isAway, isAway]));
  } finally {
    await server.stop();
  }
});

test('both ports tell that the server is about to stop, while it still answers', async () => {
  const { server, ready } = await withOpsPort({ DRAIN_NOTICE_MS: '3000' });
  const isReady = { status: 200, body: { status: 'ok', engines: { paymentGateway: 'ok' } } };
  expect(await ready()).toMatchObject([isReady, isReady]);
  const stopped = server.stop();
  const isDraining = { status: 503, body: { code: 'NOT_READY', draining: true } };
  try {
    expect(await ready()).toMatchObject([isDraining, isDraining]);
  } finally {
    await stopped;
  }
});

test('what an alert looks at to see it grow is there from the start', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const { server } = await withOpsPort({ ALERT_WEBHOOK_URL: nobody });
  const { text } = await http(`${server.url}/metrics`);
  await server.stop();
  const issuing = 'method="POST",route="/api/coupons/:couponId/issue",status="500"';
  for (const counter of ['alerts_total{outcome="lost"}', `http_requests_total{${issuing}}`, 'log_lines_dropped_total'])
    expect(text).toContain(`\n${counter} 0\n`);
});

/** Whoever comes while a server starts, one after the other, and whether any of them was let in. */
const knocking = (port: number) => {
  let isOver = false;
  const letIn = async (): Promise<boolean> => {
    for (let wasLetIn = false; ;) {
      const socket = connect(port, '127.0.0.1');
      wasLetIn ||= await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      if (isOver || wasLetIn) return wasLetIn;
    }
  };
  const everLetIn = letIn();
  return async () => {
    isOver = true;
    return everLetIn;
  };
};

test.each([
  ['OPS_PORT', 'HTTP_PORT'],
  ['HTTP_PORT', 'OPS_PORT'],
])('where %s is taken, nobody is answered at %s', async (taken, other) => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port');
  const otherPort = await freePort();
  const wasLetIn = knocking(otherPort);
  const ports = { [taken]: String(address.port), [other]: String(otherPort) };
  await expect(startInProcess(newDir(), ports)).rejects.toThrow('EADDRINUSE');
  expect(await wasLetIn()).toBe(false);
  holder.close();
});
