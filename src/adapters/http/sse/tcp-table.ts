import { closeSync, openSync, readSync } from 'node:fs';
import { isIPv4, type Socket } from 'node:net';
import { endianness } from 'node:os';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** What the kernel knows of one connection's way out. */
export interface SendQueue {
  /** Bytes given to the kernel and not acknowledged by the other side. */
  readonly bytes: number;
  /** So many times in a row the kernel asked for an acknowledgement and got none. */
  readonly asked: number;
  /** The other side takes no more for now; the kernel asks now and then whether it does. */
  readonly isHeldBack: boolean;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** The sixteen bytes of an address as text; a scope (`%eth0`) is no part of them. */
const bytesOfV6 = (address: string): ReadonlyArray<number> => {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address.replace(/%.*$/, ''));
  const [, start = '', a, b, c, d] = dotted ?? [];
  const text =
    dotted === null
      ? address.replace(/%.*$/, '')
      : `${start}${hex(Number(a) * 256 + Number(b), 4)}:${hex(Number(c) * 256 + Number(d), 4)}`;
  const [left = [], right = []] = text.split('::').map((side) => side.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right]
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255]);
};

/** An address as the kernel's table writes it: words of four bytes, each as the processor keeps it. */
const kernelAddress = (address: string, port: number): string => {
  const bytes = isIPv4(address) ? address.split('.').map(Number) : bytesOfV6(address);
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(4 * word, 4 * word + 4));
  const kept = endianness() === 'LE' ? words.map((word) => word.toReversed()) : words;
  return `${kept
    .flat()
    .map((byte) => hex(byte, 2))
    .join('')}:${hex(port, 4)}`;
};

/** Both ends of a connection, as the kernel's table writes them; null for one that has ended. */
export const tableKey = ({ localAddress, localPort, remoteAddress, remotePort }: Socket): string | null =>
  localAddress === undefined || localPort === undefined || remoteAddress === undefined || remotePort === undefined
    ? null
    : `${kernelAddress(localAddress, localPort)} ${kernelAddress(remoteAddress, remotePort)}`;

/** Of a line: state, queues out and in, timer, retransmissions, user, probes of a window. */
const REST = /^ [0-9A-F]{2} ([0-9A-F]+):[0-9A-F]+ (\d\d):[0-9A-F]+ ([0-9A-F]+) +\d+ +(\d+) /;
const WINDOW_PROBES = '04';

/** The queue of a line from behind its two addresses on; null for what is no such line. */
export const queueOfLine = (rest: string): SendQueue | null => {
  const [, bytes, timer, retransmitted, probed] = REST.exec(rest) ?? [];
  if (bytes === undefined || retransmitted === undefined) return null;
  const isHeldBack = timer === WINDOW_PROBES;
  const asked = isHeldBack ? Number(probed) : parseInt(retransmitted, 16);
  return { bytes: parseInt(bytes, 16), asked, isHeldBack };
};

/** Both addresses of a line, by the width of an address in digits. */
const TABLES = [
  { path: '/proc/net/tcp', width: 8 },
  { path: '/proc/net/tcp6', width: 32 },
];
const keyLength = (width: number): number => 2 * (width + 5) + 1;
/** The kernel gives four kilobytes a time: so many are read before others get their turn on the event loop. */
const AT_ONCE = 32;

const readTable = async (path: string, length: number, wanted: Wanted, found: Found): Promise<void> => {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(65_536);
    let text = '';
    for (let reads = 1, size = readSync(file, chunk); size > 0; reads += 1, size = readSync(file, chunk)) {
      text += chunk.toString('latin1', 0, size);
      let start = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        const from = text.indexOf(': ', start) + 2;
        const key = text.slice(from, from + length);
        const queue = wanted.has(key) ? queueOfLine(text.slice(from + length, end)) : null;
        if (queue !== null) found(key, queue);
        start = end + 1;
      }
      text = text.slice(start);
      if (reads % AT_ONCE === 0) await yieldToEventLoop();
    }
  } finally {
    closeSync(file);
  }
};

type Wanted = Pick<ReadonlySet<string>, 'has' | 'size'> & Iterable<string>;
type Found = (key: string, queue: SendQueue) => void;

/**
 * Reads the kernel's table of connections once, and tells of those wanted, by `tableKey`. One that is not there is not told
 * of. Rejects where there is no such table, as on everything but Linux.
 */
export const readTcpTable = async (wanted: ReadonlySet<string>, found: Found): Promise<void> => {
  for (const { path, width } of TABLES) {
    const ofTable = new Set([...wanted].filter((key) => key.length === keyLength(width)));
    if (ofTable.size > 0) await readTable(path, keyLength(width), ofTable, found);
  }
};
