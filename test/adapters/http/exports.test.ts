import { either as E, taskEither as TE } from 'fp-ts';
import { type ReadExport } from '../../../src/application/operating/exports/export-rows.js';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { Exchange } from '../../../src/adapters/http/exchange.js';
import { adminExportRoutes, csvLine } from '../../../src/adapters/http/routes/admin-exports.js';
import { eventually } from '../../support/eventually.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

/** A ledger of so many pages, of which the last cannot be read where that is asked for. */
const ledger =
  (pages: number, breaksOff = false): ReadExport =>
  () =>
  (cursor) =>
  async () => {
    const page = Number(cursor ?? 0);
    if (breaksOff && page === pages - 1) return E.left({ code: 'UNAVAILABLE' });
    const rows = [{ entry: page, at: '2026-01-01T00:00:00.000Z', kind: 'RECEIVED', onHand: 5, held: 0, orderId: null, reason: null }]; // prettier-ignore
    return E.right({ rows, next: page === pages - 1 ? null : String(page + 1) });
  };

describe('an export', () => {
  it('is a table as CSV, every page of it, with the names of its columns', async () => {
    const { call } = await serve({ readExport: ledger(3) });
    const answer = await call('/admin/exports/stock/lamp');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="stock-ledger.csv"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await answer.text()).split('\r\n')).toStrictEqual([
      'entry,at,kind,onHand,held,orderId,reason',
      ...[0, 1, 2].map((entry) => `${entry},2026-01-01T00:00:00.000Z,RECEIVED,5,0,,`),
      '',
    ]);
  });

  it('is a line of JSON for each row as NDJSON', async () => {
    const { call } = await serve({ readExport: ledger(2) });
    const answer = await call('/admin/exports/audit?format=ndjson');
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).entry)).toStrictEqual([0, 1]);
  });

  it('is cut off where it cannot be read to its end, and a problem where it cannot be begun', async () => {
    const { call } = await serve({ readExport: ledger(3, true) });
    await expect(call('/admin/exports/orders').then((answer) => answer.text())).rejects.toThrow(
      /terminated|fetch failed/,
    );
    const never = await serve({ readExport: ledger(1, true) });
    expect((await never.call('/admin/exports/orders')).status).toBe(503);
    const unknown = await serve({ readExport: () => () => TE.left({ code: 'PRODUCT_NOT_FOUND' }) });
    expect((await unknown.call('/admin/exports/stock/none')).status).toBe(404);
  });

  it('takes no more memory the more pages a client reads, and ends when a client stops reading', async () => {
    const listeners: number[] = [];
    const wide = { entry: 'x'.repeat(2 ** 20) };
    let [closed, stalled] = [false, false];
    const server = createServer((req, res) => {
      res.once('close', () => (closed = true));
      const readExport: ReadExport = () => () => async () => {
        listeners.push(res.listenerCount('close'));
        return E.right({ rows: [wide], next: 'more' });
      };
      const [, orders] = adminExportRoutes({ readExport }, 2_000);
      void orders?.serve(new Exchange(req, res, 'request-1'), {});
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const client = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
    client.on('error', () => undefined);
    client.on('data', () => {
      stalled = listeners.length > 20;
      if (stalled) client.pause();
    });
    client.write('GET /admin/exports/orders?format=ndjson HTTP/1.1\r\nHost: shop\r\n\r\n');
    await eventually(() => expect([stalled, closed]).toStrictEqual([true, true]));
    expect(new Set(listeners).size).toBe(1);
    client.destroy();
    server.close();
  });

  it('has no cell that a spreadsheet would run, and none that breaks its line', () => {
    expect(csvLine(['=1+1', '@x', '-2', -2, 'a "b", c', null, 'two\nlines'])).toBe(
      `'=1+1,'@x,'-2,-2,"a ""b"", c",,"two\nlines"\r\n`,
    );
  });
});
