import { either as E } from 'fp-ts';
import { once } from 'node:events';
import { z } from 'zod';
import {
  exportColumns,
  type ExportError,
  type ExportPage,
  type ExportRow,
  type ReadExport,
  type WantedExport,
} from '../../../application/operating/exports/export-rows.js';
import { type Answer, problem, taken } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { id } from '../schemas/fields.js';
import { viewing } from './admin.js';

type Cell = string | number | null;

/** What a spreadsheet would take for a formula is written as text. */
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

const cell = (value: Cell | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line of a table as RFC 4180 has it. */
export const csvLine = (cells: ReadonlyArray<Cell | undefined>): string => `${cells.map(cell).join(',')}\r\n`;

const formats = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    head: (columns: ReadonlyArray<string>) => csvLine(columns),
    line: (row: ExportRow, columns: ReadonlyArray<string>) => csvLine(columns.map((column) => row[column])),
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    head: () => '',
    line: (row: ExportRow) => `${JSON.stringify(row)}\n`,
  },
} as const;

const isGone = ({ res }: Exchange): boolean => res.destroyed;

/** A client that reads nothing for so long is cut off. Milliseconds. */
const MOST_STALLED_MS = 60_000;

/** Writes as fast as the client reads: of an export of any length only a page is in memory. */
const written = async ({ res }: Exchange, text: string, mostStalledMs: number): Promise<void> => {
  if (text === '' || res.destroyed || res.write(text)) return;
  const over = new AbortController();
  const cutOff = setTimeout(() => res.destroy(), mostStalledMs);
  try {
    await Promise.race([once(res, 'drain', over), once(res, 'close', over)]);
  } finally {
    clearTimeout(cutOff);
    // Otherwise every page would leave a listener for the end of the connection.
    over.abort();
  }
};

const exported = async (
  read: ReturnType<ReadExport>,
  { what, format }: { readonly what: WantedExport['what']; readonly format: keyof typeof formats },
  exchange: Exchange,
  mostStalledMs: number,
): Promise<Answer> => {
  const { contentType, head, line } = formats[format];
  const columns = exportColumns[what];
  const { req, res, requestId, language } = exchange;
  const headers = {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${what}.${format}"`,
    'Cache-Control': 'no-store',
  };
  if (req.method === 'HEAD') return { status: 200, headers, body: '' };
  for (let cursor: string | null = null; !isGone(exchange);) {
    const page: E.Either<ExportError, ExportPage> = await read(cursor)();
    if (E.isLeft(page)) {
      if (!res.headersSent) return problem(refused(page.left.code), language);
      // The client must see that what it has is not all.
      res.destroy();
      return taken;
    }
    if (!res.headersSent) {
      res.writeHead(200, { ...headers, 'X-Request-Id': requestId });
      await written(exchange, head(columns), mostStalledMs);
    }
    await written(exchange, page.right.rows.map((row) => line(row, columns)).join(''), mostStalledMs);
    if (page.right.next === null) break;
    cursor = page.right.next;
  }
  res.end();
  return taken;
};

const format = z.enum(['csv', 'ndjson']).default('csv');

const shared = {
  ...viewing,
  answers: {
    200: {
      description: 'All of it, written as it is read. Cut off where it could not be read to its end.',
      schema: z.string(),
      contentType: '*/*',
      headers: ['Content-Disposition'],
    },
  },
  problems: ['UNAVAILABLE'],
} as const;

/** Tables of any length, to be kept by those who run the shop. */
export const adminExportRoutes = (
  { readExport }: { readonly readExport: ReadExport },
  mostStalledMs = MOST_STALLED_MS,
): ReadonlyArray<Route> => {
  const answer = (wanted: WantedExport, as: keyof typeof formats, exchange: Exchange): Promise<Answer> =>
    exported(readExport(wanted), { what: wanted.what, format: as }, exchange, mostStalledMs);
  return [
    route({
      ...shared,
      path: '/admin/exports/issued-coupons',
      summary: 'Who holds which coupon, as CSV or NDJSON: of one, or of all',
      query: z.object({ format, couponId: id.exactOptional() }),
      problems: ['COUPON_NOT_FOUND', 'UNAVAILABLE'],
      handle: ({ query: { format: as, couponId } }, exchange) =>
        answer({ what: 'issued-coupons', ...(couponId !== undefined && { couponId }) }, as, exchange),
    }),
    ...(['orders', 'audit'] as const).map((what) =>
      route({
        ...shared,
        path: `/admin/exports/${what}`,
        summary:
          what === 'orders' ? 'All orders, without addresses, as CSV or NDJSON' : 'The audit trail as CSV or NDJSON',
        query: z.object({ format }),
        handle: ({ query: { format: as } }, exchange) => answer({ what }, as, exchange),
      }),
    ),
    route({
      ...shared,
      path: '/admin/exports/stock/:productId',
      summary: 'The ledger of a product as CSV or NDJSON',
      params: z.object({ productId: id }),
      query: z.object({ format }),
      problems: ['PRODUCT_NOT_FOUND', 'UNAVAILABLE'],
      handle: ({ params: { productId }, query: { format: as } }, exchange) =>
        answer({ what: 'stock-ledger', productId }, as, exchange),
    }),
  ];
};
