import { taskEither as TE } from 'fp-ts';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { Webhook } from 'standardwebhooks';
import { type Clock } from '../../application/ports/clock.js';
import { type NotDelivered, type WebhookSender } from '../../application/ports/webhook-sender.js';

interface WebhookSenderOptions {
  /** From the call to the end of the answer, milliseconds. */
  readonly timeoutMs: number;
  /** Whether an address inside, such as 10.0.0.1 or 127.0.0.1, may be connected to. */
  readonly allowsPrivate: boolean;
  readonly clock: Pick<Clock, 'now'>;
}

export interface WebhookClient extends WebhookSender {
  /** Ends the connections that are kept open. */
  readonly close: () => void;
}

/** Of an answer nothing but its status counts: what is longer is cut off. */
const LONGEST_ANSWER = 16_384;
const GONE = 410;
/** Of what is told of a failure: a receiver's certificate may name thousands of hosts. */
const LONGEST_FAILURE = 500;

class Answered extends Error {
  constructor(readonly status: number) {
    super(`it answered ${status}`);
  }
}

/**
 * The address is judged when it is connected to, whatever the name stood for before. A redirect is a failure: it might lead
 * inside.
 */
export const webhookSender = ({ timeoutMs, allowsPrivate, clock }: WebhookSenderOptions): WebhookClient => {
  const filtering = { keepAlive: true, allowPrivateIPAddress: allowsPrivate };
  const [plain, secure] = [new RequestFilteringHttpAgent(filtering), new RequestFilteringHttpsAgent(filtering)];

  const post = (url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const options = { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal };
      const sending =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, agent: secure })
          : httpRequest(url, { ...options, agent: plain });
      const failed = (why: Error): void => reject(signal.aborted ? new Error(`no answer within ${timeoutMs} ms`) : why);
      sending.once('error', failed);
      // The last that is heard, and all that is where the answer breaks off, or changes the protocol.
      sending.once('close', () => failed(new Error('the connection ended without an answer')));
      sending.once('response', (answer) => {
        let length = 0;
        const answered = (): void => resolve(answer.statusCode ?? 0);
        answer.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length <= LONGEST_ANSWER) return;
          answered();
          answer.destroy();
        });
        answer.once('end', answered);
      });
      sending.end(body);
    });

  return {
    close: () => {
      plain.destroy();
      secure.destroy();
    },
    send: ({ url, secrets }, { id, headers, body }) =>
      TE.tryCatch(
        async () => {
          const at = new Date(clock.now());
          const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body));
          const status = await post(
            new URL(url),
            {
              'user-agent': 'doorbuster',
              ...headers,
              'webhook-id': id,
              'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
              'webhook-signature': signatures.join(' '),
            },
            body,
          );
          if (status < 200 || status > 299) throw new Answered(status);
        },
        (fault): NotDelivered => ({
          failure: (fault instanceof Error ? fault.message : String(fault)).slice(0, LONGEST_FAILURE),
          isGone: fault instanceof Answered && fault.status === GONE,
        }),
      ),
  };
};
