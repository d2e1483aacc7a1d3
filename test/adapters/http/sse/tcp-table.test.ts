import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { queueOfLine, readTcpTable, type SendQueue, tableKey } from '../../../../src/adapters/http/sse/tcp-table.js';
import { eventually } from '../../../support/eventually.js';
import { hasIPv6 } from '../../../support/has-ipv6.js';

const rest = (line: string): string => line.slice(line.indexOf(': ') + 2 + 27);

describe("a line of the kernel's table of connections", () => {
  test.each<[string, string, SendQueue]>([
    [
      'of a client that has acknowledged everything',
      '6855: 0107C90A:B267 0207C90A:97B0 01 00000000:00000000 00:00000000 00000000     0        0 475402 1 00000000cfbd86ad 20 0 0 13 -1',
      { bytes: 0, asked: 0, isHeldBack: false },
    ],
    [
      'of a client whose network vanished',
      '  12: 0107C90A:B267 0207C90A:97B0 01 0000001B:00000000 01:00000025 00000004     0        0 475402 2 00000000cfbd86ad 163 0 0 1 -1',
      { bytes: 27, asked: 4, isHeldBack: false },
    ],
    [
      'of a client that is there and reads nothing',
      '  12: 0107C90A:B267 0207C90A:97B0 01 0001002B:00000000 04:00000125 00000000  1000        1 475402 2 00000000cfbd86ad 163 0 0 1 -1',
      { bytes: 65_579, asked: 1, isHeldBack: true },
    ],
  ])('%s', (_, line, queue) => {
    expect(queueOfLine(rest(line))).toStrictEqual(queue);
  });

  test('that is none is not taken for one', () => {
    expect(queueOfLine(rest('  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt'))).toBeNull();
  });
});

describe("a connection is found in the kernel's table", () => {
  const tableIsThere = process.platform === 'linux';
  const ofIPv6 = [
    ['of IPv6', '::1', '::1'],
    ['of IPv4 at a server of IPv6', '::', '127.0.0.1'],
  ];
  test.each([['of IPv4', '127.0.0.1', '127.0.0.1'], ...(hasIPv6 ? ofIPv6 : [])])('%s', async (_, host, address) => {
    const accepted: Socket[] = [];
    const server = createServer((socket) => void accepted.push(socket)).listen(0, host);
    await once(server, 'listening');
    const listens = server.address();
    const port = typeof listens === 'object' && listens !== null ? listens.port : 0;
    const client = connect(port, address);
    try {
      const socket = await eventually(() => accepted[0] ?? Promise.reject(new Error('Not there yet')));
      const key = tableKey(socket) ?? '';
      const found: string[] = [];
      const read = readTcpTable(new Set([key]), (connection) => void found.push(connection));
      if (tableIsThere) await read;
      else await expect(read).rejects.toMatchObject({ code: 'ENOENT' });
      expect(found).toStrictEqual(tableIsThere ? [key] : []);
    } finally {
      client.destroy();
      accepted.forEach((socket) => socket.destroy());
      server.close();
    }
  });
});
