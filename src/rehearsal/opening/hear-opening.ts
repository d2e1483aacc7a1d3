import { get, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { authorization, type Credentials } from '../client/credentials.js';
import { epochMs } from '../clock.js';

export interface Hearing {
  /** Resolves when the first of them has heard. */
  readonly opened: Promise<void>;
  /** When each heard, epoch milliseconds. */
  readonly heardAt: () => ReadonlyArray<number>;
  readonly close: () => void;
}

const opening = z.object({ eventId: z.string() });

const isOpening = (chunk: string, eventId: string): boolean =>
  chunk.split('\n\n').some((frame) => {
    const data = /^event: event-open\ndata: (.+)$/m.exec(frame)?.[1];
    return data !== undefined && opening.safeParse(JSON.parse(data)).data?.eventId === eventId;
  });

/** People who listen for the opening of an event, each on a stream of their own. Resolves once all of them are connected. */
export const hearOpening = async (
  { url, ...credentials }: Credentials & { readonly url: string },
  users: ReadonlyArray<string>,
  eventId: string,
): Promise<Hearing> => {
  const heardAt: number[] = [];
  const streams: IncomingMessage[] = [];
  let tellOpened = (): void => undefined;
  const opened = new Promise<void>((resolve) => (tellOpened = resolve));

  const headers = authorization(credentials, 'visitor');
  const listen = (user: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const request = get(`${url}/api/sse/subscribe/${user}`, { agent: false, headers }, (stream) => {
        if (stream.statusCode !== 200) return reject(new Error(`Listening was answered ${stream.statusCode}`));
        streams.push(stream);
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          resolve();
          if (!isOpening(chunk, eventId)) return;
          heardAt.push(epochMs());
          tellOpened();
        });
        stream.on('error', () => undefined);
      });
      request.once('error', reject);
    });
  await Promise.all(users.map(listen));
  return { opened, heardAt: () => heardAt, close: () => streams.forEach((stream) => stream.destroy()) };
};
