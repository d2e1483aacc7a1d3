import { connect, type Socket } from 'node:net';

const subscribe = (userId: string): string =>
  `GET /api/sse/subscribe/${userId} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`;

/** Many open streams of server-sent events, as the sockets see them. */
export interface Listeners {
  /** Milliseconds of `performance.now()`, one for each stream, when `event` first stood in it; rejects after `withinMs`. */
  readonly heard: (event: string, withinMs: number) => Promise<ReadonlyArray<number>>;
  readonly close: () => void;
}

/** Opens them, so many at once, and waits until each was greeted. */
export const openListeners = async (url: string, count: number): Promise<Listeners> => {
  const { hostname, port } = new URL(url);
  const received: string[] = [];
  const sockets: Socket[] = [];
  let onData: (n: number) => void = () => undefined;
  const open = (n: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(subscribe(`listener-${n}`)));
      socket.setEncoding('latin1');
      socket.once('error', reject);
      socket.on('data', (data: string) => {
        received[n] = (received[n] ?? '') + data;
        if (received[n]?.includes('event: connected')) resolve();
        onData(n);
      });
      sockets.push(socket);
    });
  for (let from = 0; from < count; from += 200)
    await Promise.all(Array.from({ length: Math.min(200, count - from) }, (_, n) => open(from + n)));
  return {
    heard: (event, withinMs) =>
      new Promise((resolve, reject) => {
        const at: number[] = [];
        let left = count;
        const timer = setTimeout(() => reject(new Error(`${left} of ${count} never heard of ${event}`)), withinMs);
        onData = (n) => {
          if (at[n] !== undefined || !received[n]?.includes(`event: ${event}`)) return;
          at[n] = performance.now();
          if (--left > 0) return;
          clearTimeout(timer);
          resolve(at);
        };
        received.forEach((_, n) => onData(n));
      }),
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
};
