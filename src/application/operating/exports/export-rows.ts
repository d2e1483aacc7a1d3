import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { ordersView } from '../../checkout/order/views/orders.js';
import { type StockAudit } from '../../checkout/stock/stock-audit.js';
import { type CouponById } from '../../coupon/coupon-by-id.js';
import { userCouponsView } from '../../coupon/user-coupons.js';
import { iso } from '../../kernel/iso.js';
import { type LivePage, type PageWanted } from '../../kernel/projection/live-reader.js';
import { liveBuild } from '../../kernel/projection/projection.js';
import { type View } from '../../kernel/projection/view.js';
import { type ReadModels } from '../../ports/read-models.js';
import { type FindActs } from '../audit-trail/acts-view.js';

/** Flat, so that it is a line of a table. */
export type ExportRow = Readonly<Record<string, string | number | null>>;

export interface ExportPage {
  readonly rows: ReadonlyArray<ExportRow>;
  /** Null: this was the last. */
  readonly next: string | null;
}

export type ExportError = {
  readonly code: 'UNAVAILABLE' | 'COUPON_NOT_FOUND' | 'PRODUCT_NOT_FOUND' | 'INVALID_CURSOR';
};

export type WantedExport =
  | { readonly what: 'issued-coupons'; readonly couponId?: string }
  | { readonly what: 'orders' }
  | { readonly what: 'stock-ledger'; readonly productId: string }
  | { readonly what: 'audit' };

/** A page of an export after `cursor`; null begins it. A page may be empty and not the last. */
export type ReadExport = (wanted: WantedExport) => (cursor: string | null) => TE.TaskEither<ExportError, ExportPage>;

/** The names of the columns, in their order: also of a table without a line. */
export const exportColumns: Readonly<Record<WantedExport['what'], ReadonlyArray<string>>> = {
  'issued-coupons': ['couponId', 'userId', 'place', 'requestId', 'issuedAt', 'usedBy'],
  orders: ['orderId', 'userId', 'status', 'total', 'discount', 'points', 'lines', 'couponId', 'paymentId', 'createdAt', 'updatedAt'], // prettier-ignore
  'stock-ledger': ['entry', 'at', 'kind', 'onHand', 'held', 'orderId', 'reason'],
  audit: ['at', 'subject', 'role', 'route', 'target', 'status', 'asked', 'requestId'],
};

export interface ExportPorts {
  readonly readModels: ReadModels;
  readonly findActs: FindActs;
  readonly stockAudit: StockAudit;
  readonly couponById: CouponById;
}

const PAGE = 100;
const SCANNED = 500;

/** Of what is known of one thing, what the table has a column for. */
const rowOf = (what: WantedExport['what'], known: ExportRow): ExportRow =>
  Object.fromEntries(exportColumns[what].map((column) => [column, known[column] ?? null]));

/** All documents of a view, in order of id. */
const scanned =
  <Doc extends object>(readModels: ReadModels, view: View<Doc>, row: (document: Doc) => ReadonlyArray<ExportRow>) =>
  (cursor: string | null): TE.TaskEither<ExportError, ExportPage> =>
  async () => {
    const unavailable = E.left({ code: 'UNAVAILABLE' } as const);
    const builds = await readModels.builds(view.name)();
    if (E.isLeft(builds)) return unavailable;
    const live = liveBuild(view, builds.right);
    if (O.isNone(live)) return unavailable;
    const page = await readModels.scan(live.value, cursor, SCANNED)();
    if (E.isLeft(page)) return unavailable;
    const { items, nextCursor } = page.right;
    const rows = items.flatMap(({ document }) => row(view.schema.parse(document)));
    return E.right({ rows, next: nextCursor });
  };

/** Of a list that others ask for page by page. */
const listed =
  <One>(list: (page: PageWanted) => TE.TaskEither<ExportError, LivePage<One>>, row: (one: One) => ExportRow) =>
  (cursor: string | null): TE.TaskEither<ExportError, ExportPage> =>
    TE.map(({ items, nextCursor: next }: LivePage<One>): ExportPage => ({ rows: items.map(row), next }))(
      list({ limit: PAGE, ...(cursor !== null && { cursor }) }),
    );

/** What is kept, as tables that may be of any length: read page by page, never all at once. */
export const readExport =
  ({ readModels, findActs, stockAudit, couponById }: ExportPorts): ReadExport =>
  (wanted) => {
    const { what } = wanted;
    switch (what) {
      case 'issued-coupons': {
        const { couponId } = wanted;
        const page = scanned(readModels, userCouponsView, (held) =>
          couponId !== undefined && couponId !== held.couponId
            ? []
            : [rowOf(what, { ...held, issuedAt: iso(held.issuedAt) })],
        );
        return (cursor) =>
          couponId === undefined || cursor !== null
            ? page(cursor)
            : TE.flatMap(() => page(cursor))(couponById(couponId));
      }
      case 'orders':
        return scanned(
          readModels,
          ordersView,
          ({ shipping: _, payments: __, eventIds: ___, lines, createdAt, updatedAt, ...order }) => {
            const bought = lines.map(({ productId, quantity }) => `${quantity} ${productId}`).join('; ');
            const times = { createdAt: iso(createdAt), updatedAt: iso(updatedAt) };
            return [rowOf(what, { ...order, ...times, lines: bought })];
          },
        );
      case 'stock-ledger':
        return listed(
          (page) => stockAudit({ productId: wanted.productId, ...page }),
          ({ at, ...entry }) => rowOf(what, { ...entry, at: iso(at) }),
        );
      case 'audit':
        return listed(findActs, ({ at, ...act }) => rowOf(what, { ...act, at: iso(at) }));
    }
  };
