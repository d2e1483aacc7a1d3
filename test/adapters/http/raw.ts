import { connect, type Socket } from 'node:net';
import { eventually } from '../../support/eventually.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** An answer in the bytes a server sent; its body as it stands there. */
export const parseAnswer = (bytes: string): RawAnswer => {
  const [head = '', ...rest] = bytes.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.toLowerCase(), value.join(':').trim()] as const;
  });
  return { status: Number(statusLine.split(' ')[1]), headers: new Map(headers), body: rest.join('\r\n\r\n') };
};

/** A socket and what came over it until it was closed by either side. */
export const openSocket = (port: number): { readonly socket: Socket; readonly ended: Promise<string> } => {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A reset is an end too: what came before it counts.
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
  });
  return { socket, ended };
};

/** Sends these bytes, whatever they are, and reads until the server closes. */
export const sendRaw = async (port: number, bytes: string | Uint8Array): Promise<RawAnswer> => {
  const { socket, ended } = openSocket(port);
  socket.write(bytes);
  return parseAnswer(await ended);
};

/** Waits until a server that takes one connection at a time has noticed that its client is gone. */
export const isFree = (port: number): Promise<boolean> =>
  eventually(async () => {
    const { status } = await sendRaw(port, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    return status === 200;
  });

const PATIENCE_MS = 20;

/** Sends these bytes and leaves: after the first answer, or where none comes, for half a request waits for its rest. */
export const sendAndLeave = async (port: number, bytes: string | Uint8Array): Promise<string> => {
  const { socket, ended } = openSocket(port);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  const leave = (): void => void socket.end();
  const timer = setTimeout(leave, PATIENCE_MS);
  socket.once('data', leave);
  return ended.finally(() => clearTimeout(timer));
};
