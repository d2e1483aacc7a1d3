import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { freePort } from './engines/free-port.js';
import { eventually } from './eventually.js';
import { http } from './server/http.js';

const headers = z.record(z.string(), z.string());
const body = z.looseObject({ eventId: z.string(), eventType: z.string() });

export interface Received {
  readonly id: string;
  readonly body: z.infer<typeof body>;
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly what was signed. */
  readonly raw: string;
}

/** An endpoint outside: it answers what it is told to answer, and keeps what it has taken. */
export const webhookReceiver = async (port?: number) => {
  const at = port ?? (await freePort());
  const taken: Received[] = [];
  const refused: Received[] = [];
  let answer: (message: Received) => number = () => 204;
  const server = createServer((request, response) => {
    void text(request).then((raw) => {
      const named = headers.parse(request.headers);
      const message = { id: named['webhook-id'] ?? '', body: body.parse(JSON.parse(raw)), headers: named, raw };
      const status = answer(message);
      (status < 300 ? taken : refused).push(message);
      response.writeHead(status).end();
    });
  });
  const open = async (): Promise<void> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${at}/events`,
    taken,
    refused,
    open,
    close,
    answers: (by: typeof answer) => {
      answer = by;
    },
  };
};

const listed = z.object({ items: z.array(z.looseObject({ endpointId: z.string(), url: z.string() })) });

/** Has events of these types delivered, and answers where the endpoint is. It is asked for once: two would tell all twice. */
export const subscribe = async (
  server: () => string,
  target: { readonly url: string; readonly eventTypes: ReadonlyArray<string> },
): Promise<string> => {
  const endpoints = async () => listed.parse((await http(`${server()}/admin/webhooks`)).body).items;
  await eventually(endpoints);
  await http(`${server()}/admin/webhooks`, target);
  return eventually(async () => {
    const found = (await endpoints()).find(({ url }) => url === target.url);
    if (found === undefined) throw new Error('It is not visible yet');
    return `/admin/webhooks/${found.endpointId}`;
  });
};

/** Whether a receiver that knows this secret accepts the message. */
export const isSigned = ({ raw, headers: named }: Received, secret: string): boolean => {
  try {
    new Webhook(secret).verify(raw, named);
    return true;
  } catch {
    return false;
  }
};
