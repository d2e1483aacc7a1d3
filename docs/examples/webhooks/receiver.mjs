// PORT=8080 WEBHOOK_SECRET=whsec_… node receiver.mjs
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
const seen = new Set(); // A database in earnest: kept with whatever the message leads to, in one transaction.

const server = createServer(async (request, response) => {
  const body = await text(request); // As it came: parsed and written again it would have another signature.
  try {
    const event = webhook.verify(body, request.headers);
    if (!seen.has(event.eventId)) console.log(event.eventType, event.couponId ?? event.orderId ?? '');
    seen.add(event.eventId);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
});
server.listen(process.env.PORT, '127.0.0.1', () => console.log('listening'));
