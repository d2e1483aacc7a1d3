import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** When to ask again, if the answer says so. */
  readonly retryAfterMs: number | null;
}

const END_OF_HEAD = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const RETRY_AFTER = /\r\nretry-after: *(\d+)/i;

/**
 * One kept-alive connection, one request at a time. It knows as much of HTTP as the answers measured here need (they all
 * have a Content-Length), so that the generator takes little of the machine from what it measures.
 */
export class Connection {
  private received = '';
  private waiting: { readonly answer: (answer: Answer) => void; readonly fail: (error: Error) => void } | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => this.take(data));
    socket.on('error', (error) => this.waiting?.fail(error));
    socket.on('close', () => this.waiting?.fail(new Error('The server closed the connection')));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  send(request: string): Promise<Answer> {
    return new Promise((answer, fail) => {
      if (this.socket.destroyed) return fail(new Error('The server had closed the connection'));
      this.waiting = { answer, fail };
      this.socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.waiting = null;
    this.socket.destroy();
  }

  private take(data: string): void {
    this.received += data;
    const head = this.received.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const from = head + END_OF_HEAD.length;
    const headers = this.received.slice(0, head);
    const length = Number(LENGTH.exec(headers)?.[1] ?? 0);
    if (this.received.length < from + length) return;
    const status = Number(headers.slice(9, 12));
    const retryAfter = status === 503 ? RETRY_AFTER.exec(headers)?.[1] : undefined;
    const retryAfterMs = retryAfter === undefined ? null : Number(retryAfter) * 1_000;
    const answer = { status, body: this.received.slice(from, from + length), retryAfterMs };
    this.received = this.received.slice(from + length);
    const { waiting } = this;
    this.waiting = null;
    waiting?.answer(answer);
  }
}

/** Many at once, but not so many that the server's backlog overflows. */
export const openAll = async (url: string, count: number): Promise<ReadonlyArray<Connection>> => {
  const all: Connection[] = [];
  while (all.length < count)
    all.push(
      ...(await Promise.all(Array.from({ length: Math.min(200, count - all.length) }, () => Connection.open(url)))),
    );
  return all;
};
