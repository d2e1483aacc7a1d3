import { either as E, taskEither as TE } from 'fp-ts';
import { auditStock } from '../../checkout/audit/verify-order-stock.js';
import { type DriveOrder } from '../../checkout/drive/drive-order.js';
import { ordersView } from '../../checkout/order/views/orders.js';
import { gatewayPaymentsView } from '../../checkout/payment/views/gateway-payments.js';
import { type StockRequest, stockRequestId, toStockMessage } from '../../checkout/stock/stock-messages.js';
import { productsView } from '../../checkout/stock/views/products.js';
import { couponVoidMessage } from '../../coupon/coupon-request-message.js';
import { couponsView } from '../../coupon/coupons.js';
import { type SetAside } from '../../coupon/set-aside.js';
import { orAway, unlessAway } from '../../kernel/audit/away.js';
import { type Finding, type Remedy } from '../../kernel/audit/finding.js';
import { findingsOf, type ListParkedStreams, parkedFindings, unjudgedFindings } from '../../kernel/audit/parked.js';
import { COUPON_ISSUE_REQUESTS, STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { projectionStatus, type ProjectionStatusPorts } from '../../kernel/projection/projection-status.js';
import { type Projection } from '../../kernel/projection/projection.js';
import { type RebuildPorts, rebuildProjection } from '../../kernel/projection/rebuild-projection.js';
import { type VerifyPorts, verifyProjection } from '../../kernel/projection/verify-projection.js';
import { type View } from '../../kernel/projection/view.js';
import { type LoadAggregatePorts, whenUnreadable } from '../../kernel/writer/load-aggregate.js';
import { type AdmissionGate } from '../../ports/admission-gate.js';
import { type MessageLog } from '../../ports/message-log.js';
import { waitingRoomsView } from '../../waiting-room/waiting-rooms.js';
import { reconcileCoupon, type ReconcileCouponPorts } from './reconcile-coupon.js';
import { reconcileGatewayPayments, reconcileOrders } from './reconcile-orders.js';
import { reconcileAnswers, reconcileRooms } from './reconcile-promises.js';
import { reconcileReservations } from './reconcile-reservations.js';

/** Views that stand still, and, when asked to look deep, views that show something else than a fresh fold. For `unlessAway`. */
const reconcileView =
  (ports: ProjectionStatusPorts & VerifyPorts, deep: boolean) =>
  async (projection: Projection): Promise<ReadonlyArray<Finding>> => {
    const stale = (detail: string): ReadonlyArray<Finding> => [
      {
        kind: 'STALE_VIEW',
        subject: projection.name,
        detail,
        remedy: { action: 'REBUILD_VIEW', view: projection.name },
      },
    ];
    const { state, lag, trouble } = await orAway(projectionStatus(ports)(projection));
    if (state === 'NOT_BUILT') return stale('no build of this version is live');
    if (state === 'STUCK')
      return stale(
        `${lag.exact ? '' : 'more than '}${lag.events} events behind, the oldest for ${Math.round(lag.ageMs / 1_000)} s` +
          (trouble === null ? '' : `: ${trouble.reason}`),
      );
    if (!deep) return [];
    const { verdict, differing, differences } = await orAway(verifyProjection(ports)(projection));
    return verdict === 'PASS' ? [] : stale(`${differing} documents differ, ${differences[0]?.id ?? '?'} first`);
  };

export interface ReconcilePorts
  extends RebuildPorts, ProjectionStatusPorts, Omit<ReconcileCouponPorts, 'eventStore'>, LoadAggregatePorts {
  readonly gate: Pick<AdmissionGate, 'inspect' | 'pendingSince' | 'drop'>;
  readonly messageLog: Pick<MessageLog, 'lag' | 'read' | 'publish'>;
  readonly drive: DriveOrder;
  readonly listParkedStreams: ListParkedStreams;
  readonly setAside: SetAside;
}

export interface ReconcileRequest {
  /** Default false: only tells. */
  readonly heal?: boolean;
  /** Also folds every view anew and compares. */
  readonly deep?: boolean;
  readonly correlationId: string;
  readonly onProgress?: (done: number, looking: 'coupons' | 'reservations' | 'products' | 'views') => void;
}

export interface Reconciled {
  readonly findings: ReadonlyArray<Finding & { readonly healed: boolean }>;
  /** How many of them were healed. */
  readonly healed: number;
  readonly coupons: number;
  readonly views: number;
}

export type Reconcile = (request: ReconcileRequest) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, Reconciled>;

const PAGE = 500;

/** Every document of a view that has an index of all of them, page by page. */
async function* allOf<Document extends object>(
  { readModels }: ReconcilePorts,
  view: View<Document>,
): AsyncGenerator<Document> {
  for await (const page of liveReader(readModels).pages(view, { index: 'all', key: 'all', limit: PAGE }))
    yield* await orAway(TE.fromEither(page));
}

const holds = async (ports: ReconcilePorts, onProgress: (done: number) => void): Promise<ReadonlyArray<Finding>> => {
  const findings: Finding[] = [];
  let done = 0;
  for await (const { productId } of allOf(ports, productsView)) {
    findings.push(...(await findingsOf(productId, auditStock(ports)(productId))));
    onProgress((done += 1));
  }
  return findings;
};

const apply = async (
  ports: ReconcilePorts,
  projections: ReadonlyArray<Projection>,
  remedy: Remedy,
  correlationId: string,
): Promise<boolean> => {
  switch (remedy.action) {
    case 'NONE':
      return false;
    case 'DROP_GATE':
      return E.isRight(await ports.gate.drop(remedy.couponId)());
    case 'VOID': {
      const message = couponVoidMessage({ ...remedy, at: ports.clock.now() }, { correlationId });
      return E.isRight(await ports.messageLog.publish(COUPON_ISSUE_REQUESTS, message)());
    }
    case 'RELEASE_HOLD': {
      const { productId, orderId, takenBy } = remedy;
      const at = ports.clock.now();
      // Only what was found: a payment that has come since has taken it for itself.
      const request: StockRequest =
        takenBy === null
          ? { eventType: 'STOCK_RELEASE', productId, orderId, reason: 'CANCELLED' }
          : { eventType: 'STOCK_RELEASE', productId, orderId, reason: 'ROLLED_BACK', takenBy };
      const requestId = stockRequestId(orderId, `${correlationId}.${at}`);
      const message = toStockMessage(request, { requestId, correlationId, at });
      return E.isRight(await ports.messageLog.publish(STOCK_REQUESTS, message)());
    }
    case 'DRIVE_ORDER': {
      const drive = ports.drive({ orderId: remedy.orderId, correlationId, upTo: 'END' });
      const driven = await drive().catch(whenUnreadable(() => E.left(null)));
      return E.isRight(driven) && driven.right.order.status !== 'Unknown';
    }
    case 'REBUILD_VIEW': {
      const projection = projections.find(({ name }) => name === remedy.view);
      return projection !== undefined && E.isRight(await rebuildProjection(ports)(projection)());
    }
  }
};

/**
 * Holds gate, log, events and read models against each other, and what was promised against what was kept. Healing never
 * touches an event: a gate forgets a coupon and loads it anew, a leaked place is settled by the writer of its coupon, a hold
 * without an order is given back by the writer of its product, an order that is over gives back what it keeps, a view is built
 * anew. Each remedy once, whatever the number of findings it heals.
 */
export const reconcile =
  (ports: ReconcilePorts, projections: ReadonlyArray<Projection>): Reconcile =>
  ({ heal = false, deep = false, correlationId, onProgress = () => undefined }) =>
    unlessAway(async () => {
      const runs = ({ name }: Pick<Projection, 'name'>): boolean => projections.some((each) => each.name === name);
      const findings: Finding[] = [];
      let coupons = 0;
      for await (const { couponId } of allOf(ports, couponsView)) {
        findings.push(...(await reconcileCoupon(ports)(couponId).catch(unjudgedFindings)));
        onProgress(++coupons, 'coupons');
      }
      const reservations = await reconcileReservations(ports);
      findings.push(...reservations);
      onProgress(reservations.length, 'reservations');
      findings.push(...(await reconcileAnswers(ports)));
      if (runs(waitingRoomsView)) findings.push(...(await reconcileRooms(ports)));
      findings.push(...parkedFindings(await orAway(ports.listParkedStreams)));
      // Where they are shown: a shop of coupons alone has no products and no orders.
      if (runs(productsView)) findings.push(...(await holds(ports, (done) => onProgress(done, 'products'))));
      if (runs(ordersView)) findings.push(...(await reconcileOrders(ports)));
      if (runs(gatewayPaymentsView)) findings.push(...(await reconcileGatewayPayments(ports)));
      let views = 0;
      for (const projection of projections) {
        findings.push(...(await reconcileView(ports, deep)(projection)));
        onProgress(++views, 'views');
      }
      const applied = new Map<string, boolean>();
      for (const { remedy } of heal ? findings : []) {
        const key = JSON.stringify(remedy);
        if (!applied.has(key)) applied.set(key, await apply(ports, projections, remedy, correlationId));
      }
      const isHealed = ({ remedy }: Finding): boolean => applied.get(JSON.stringify(remedy)) ?? false;
      const told = findings.map((each) => ({ ...each, healed: isHealed(each) }));
      return E.right({ findings: told, healed: told.filter(({ healed }) => healed).length, coupons, views });
    });
