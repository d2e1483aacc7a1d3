import { type Connection } from '../load/connection.js';

const post = (path: string, value: object): string => {
  const body = JSON.stringify(value);
  return (
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
};

export const PRICE = 1_000;
const shipping = { recipient: 'Ana', address: 'Harbour 1' };

/** One person's order of one piece, under a number of their own. */
export interface Wish {
  readonly userId: string;
  readonly orderId: string;
  readonly productId: string;
}

const expectStatus = async (connection: Connection, request: string, status: number): Promise<string> => {
  const answer = await connection.send(request);
  if (answer.status !== status) throw new Error(`HTTP ${answer.status} ${answer.body}`);
  return answer.body;
};

/** Must be taken. */
export const placeOrder = (connection: Connection, { orderId, userId, productId }: Wish): Promise<string> => {
  const lines = [{ productId, quantity: 1 }];
  return expectStatus(connection, post('/api/orders', { orderId, userId, lines, shipping }), 201);
};

/** Must be charged. */
export const payOrder = (connection: Connection, { orderId, userId }: Wish): Promise<string> => {
  const payment = { orderId, userId, amount: PRICE, gatewayPaymentId: `ok-${orderId}` };
  return expectStatus(connection, post('/api/payments', payment), 200);
};
