import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { ordersView } from '../../checkout/order/views/orders.js';
import { type StockAudit } from '../../checkout/stock/stock-audit.js';
import { userCouponsView } from '../../coupon/user-coupons.js';
import { iso } from '../../kernel/iso.js';
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

export type ExportError = { readonly code: 'UNAVAILABLE' | 'PRODUCT_NOT_FOUND' | 'INVALID_CURSOR' };

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
}

const PAGE = 100;
const SCANNED = 500;

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

const pageAfter = (cursor: string | null) => ({ limit: PAGE, ...(cursor !== null && { cursor }) });

/** What is kept, as tables that may be of any length: read page by page, never all at once. */
export const readExport =
  ({ readModels, findActs, stockAudit }: ExportPorts): ReadExport =>
  (wanted) => {
    switch (wanted.what) {
      case 'issued-coupons':
        return scanned(readModels, userCouponsView, ({ couponId, userId, place, requestId, issuedAt, usedBy }) =>
          wanted.couponId !== undefined && wanted.couponId !== couponId
            ? []
            : [{ couponId, userId, place, requestId, issuedAt: iso(issuedAt), usedBy }],
        );
      case 'orders':
        return scanned(readModels, ordersView, ({ lines, createdAt, updatedAt, ...order }) => [
          {
            orderId: order.orderId,
            userId: order.userId,
            status: order.status,
            total: order.total,
            discount: order.discount,
            points: order.points,
            lines: lines.map(({ productId, quantity }) => `${quantity} ${productId}`).join('; '),
            couponId: order.couponId,
            paymentId: order.paymentId,
            createdAt: iso(createdAt),
            updatedAt: iso(updatedAt),
          },
        ]);
      case 'stock-ledger':
        return (cursor) =>
          F.pipe(
            stockAudit({ productId: wanted.productId, ...pageAfter(cursor) }),
            TE.map(({ items, nextCursor }) => ({
              rows: items.map(({ entry, at, kind, onHand, held, orderId, reason }) => ({
                entry,
                at: iso(at),
                kind,
                onHand,
                held,
                orderId,
                reason,
              })),
              next: nextCursor,
            })),
          );
      case 'audit':
        return (cursor) =>
          F.pipe(
            findActs(pageAfter(cursor)),
            TE.map(({ items, nextCursor }) => ({
              rows: items.map(({ at, subject, role, route, target, status, asked, requestId }) => ({
                at: iso(at),
                subject,
                role,
                route,
                target,
                status,
                asked,
                requestId,
              })),
              next: nextCursor,
            })),
          );
    }
  };
