import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export type Direction = 'toServer' | 'toClient';

/** Stands between a client and a server, on loopback, and does what networks do. One fault at a time. */
export interface FaultProxy {
  readonly host: string;
  readonly port: number;
  /** Connections now open through the proxy. */
  readonly connections: () => number;
  /** What came in this way and has not been delivered: bytes in a blackhole, or on a slow road. */
  readonly underWay: (way: Direction) => Buffer;
  /** Everything goes through again; what was held is delivered, what lost bytes is reset. */
  readonly heal: () => Promise<void>;
  /** Every piece arrives so much later, in order. */
  readonly delay: (milliseconds: number, direction?: Direction) => void;
  /** Nothing arrives, nothing is lost: a partition that heals. Held bytes are delivered by `heal`: late acknowledgements. */
  readonly blackhole: (direction?: Direction) => void;
  /** What is sent this way is lost: done by the server and never acknowledged, or never done. */
  readonly drop: (direction?: Direction) => void;
  /** The connections there are now carry nothing any more and nobody is told: half open. New ones are healthy. */
  readonly silence: () => void;
  /** Cuts every connection (RST). New ones are welcome. */
  readonly reset: () => void;
  /** Cuts every connection and refuses new ones until healed: the server is gone. */
  readonly refuse: () => Promise<void>;
  readonly close: () => Promise<void>;
}

type Fault = {
  readonly kind: 'none' | 'hold' | 'drop' | 'delay';
  readonly ways: ReadonlySet<Direction>;
  readonly ms: number;
};

const BOTH: ReadonlyArray<Direction> = ['toServer', 'toClient'];
const HEALTHY: Fault = { kind: 'none', ways: new Set(), ms: 0 };

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const listen = (server: Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const unlisten = (server: Server) =>
  new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));

/** Starts a proxy to `target`; on `port` if given, so that a server can advertise it before it runs. */
export const startFaultProxy = async (
  target: { readonly host?: string; readonly port: number },
  port = 0,
): Promise<FaultProxy> => {
  let fault = HEALTHY;
  let healed: () => void = () => undefined;
  let healing = Promise.resolve();
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket; lostBytes: boolean; silent: boolean }>();
  const underWay = new Set<{ readonly way: Direction; readonly piece: Buffer }>();

  const inject = (next: Fault) => {
    healed();
    healing = new Promise<void>((resolve) => (healed = resolve));
    fault = next;
  };

  const server = createServer((client) => {
    const upstream = connect({ host: target.host ?? '127.0.0.1', port: target.port });
    const pair = { client, server: upstream, lostBytes: false, silent: false };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    const pipe = (from: Socket, to: Socket, way: Direction) => {
      let order = Promise.resolve();
      const pass = async (piece: Buffer): Promise<void> => {
        while (fault.kind === 'hold' && fault.ways.has(way)) await healing;
        if (pair.silent) return;
        if (fault.kind === 'drop' && fault.ways.has(way)) pair.lostBytes = true;
        else if (!to.destroyed) to.write(piece);
      };
      from.setNoDelay(true);
      from.on('data', (piece: Buffer) => {
        const due = fault.kind === 'delay' && fault.ways.has(way) ? Date.now() + fault.ms : 0;
        const passing = { way, piece };
        underWay.add(passing);
        order = order.then(async () => {
          if (due > Date.now()) await sleep(due - Date.now());
          await pass(piece);
          underWay.delete(passing);
        });
      });
      from.on('error', end);
      from.on('close', () => void order.then(end));
    };
    pipe(client, upstream, 'toServer');
    pipe(upstream, client, 'toClient');
  });

  const bound = await listen(server, port);
  const cut = (which: (pair: { readonly lostBytes: boolean }) => boolean) => {
    for (const pair of [...pairs].filter(which)) {
      pair.client.resetAndDestroy();
      pair.server.resetAndDestroy();
      pairs.delete(pair);
    }
  };
  const ways = (direction?: Direction) => new Set(direction === undefined ? BOTH : [direction]);

  return {
    host: '127.0.0.1',
    port: bound,
    connections: () => pairs.size,
    underWay: (of) => Buffer.concat([...underWay].filter(({ way }) => way === of).map(({ piece }) => piece)),
    heal: async () => {
      inject(HEALTHY);
      cut((pair) => pair.lostBytes);
      if (!server.listening) await listen(server, bound);
    },
    delay: (ms, direction) => inject({ kind: 'delay', ways: ways(direction), ms }),
    blackhole: (direction) => inject({ kind: 'hold', ways: ways(direction), ms: 0 }),
    drop: (direction) => inject({ kind: 'drop', ways: ways(direction), ms: 0 }),
    silence: () => pairs.forEach((pair) => (pair.silent = true)),
    reset: () => cut(() => true),
    refuse: async () => {
      const closed = unlisten(server);
      cut(() => true);
      await closed;
    },
    close: async () => {
      inject(HEALTHY);
      const closed = unlisten(server);
      cut(() => true);
      await closed;
    },
  };
};
