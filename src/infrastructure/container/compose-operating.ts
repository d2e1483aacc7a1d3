import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { type Container } from 'inversify';
import { type Owners } from '../../application/ports/owners.js';
import { type EngineState } from '../../adapters/http/options.js';
import { type ConsoleUseCases } from '../../adapters/http/route-table.js';
import { encryptedSigningKeys } from '../../adapters/jwt/encrypted-signing-keys.js';
import { ringOfSealKeys } from '../../adapters/jwt/seal-keys.js';
import { loadOrder } from '../../application/checkout/aggregates/load-order.js';
import { orderDeadlineHandlers } from '../../application/checkout/deadlines/drive-when-due.js';
import { boughtOfEvent, ordersOfUser } from '../../application/checkout/order/find-orders.js';
import { ordersView } from '../../application/checkout/order/views/orders.js';
import { listSagas, releaseSaga } from '../../application/checkout/parking/operate-parked.js';
import { pointsOfUser } from '../../application/checkout/points/points-of-user.js';
import { couponsOfUser } from '../../application/coupon/coupons-of-user.js';
import { issueReceipts } from '../../application/kernel/history/issue-receipts.js';
import { listParkedStreams } from '../../application/kernel/process/operate-parking.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { allProjections } from '../../application/operating/all-projections.js';
import { actsAbout, findActs } from '../../application/operating/audit-trail/acts-view.js';
import { readBoard } from '../../application/operating/board/read-board.js';
import { listDeadLetters, showDeadLetter } from '../../application/operating/dead-letters/find-dead-letters.js';
import { discardDeadLetter } from '../../application/operating/dead-letters/operate-dead-letter.js';
import { replayDeadLetter } from '../../application/operating/dead-letters/replay-dead-letter.js';
import { replayDeadLetters } from '../../application/operating/dead-letters/replay-dead-letters.js';
import { requestsSetAside } from '../../application/operating/dead-letters/requests-set-aside.js';
import { readExport } from '../../application/operating/exports/export-rows.js';
import { forgetIn } from '../../application/operating/forget-answers.js';
import { publishedSeals } from '../../application/operating/history/published-seals.js';
import { recordSealKeys } from '../../application/operating/history/record-seal-keys.js';
import { verifyHistory } from '../../application/operating/history/verify-history.js';
import { operateProjections } from '../../application/operating/operate-projections.js';
import { findPerson } from '../../application/operating/people/find-person.js';
import { eraseUser } from '../../application/operating/personal-data/erase-user.js';
import { exportUser } from '../../application/operating/personal-data/export-user.js';
import { reconcile } from '../../application/operating/reconcile/reconcile.js';
import { releaseParked } from '../../application/operating/release-readable.js';
import { timelineOfUser } from '../../application/operating/timeline/timeline-of-user.js';
import { verifying } from '../../application/operating/verify.js';
import { countDeadLetters, countParkedOrders } from '../../application/operating/what-waits.js';
import { OPENING, openWhenDue } from '../../application/shop-event/opening-deadline.js';
import { waitingDeadlineHandlers } from '../../application/waiting-room/carry-out-deadlines.js';
import { viewsFollow } from '../../application/kernel/process/deadlines/pacing.js';
import { waitingRoomsView } from '../../application/waiting-room/waiting-rooms.js';
import { presenceWhileAnswered } from '../../application/waiting-room/presence-while-answered.js';
import { eventById } from '../../application/shop-event/event-by-id.js';
import { DAY_MS } from '../config/environment.js';
import { bindOnce, type Bound } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** Views follow within milliseconds; if no process keeps them current, waiting longer would not help. */
const VISIBLE_MS = 1_000;

/** What operators call, over HTTP or on the command line. */
export const composeOperating = (container: Container): void => {
  bindOnce(container, T.AdminCalls, (bound) => {
    const { eventStore, feed, snapshots, logger, messageLog, readModels, leases, clock, ids } = bound;
    const { gate, orders, parkedStreams, personalData, projectionRunner: running, config } = bound;
    const loading = { eventStore, snapshots, logger };
    const forget = forgetIn({ readModels, clock, keptMs: config.ARCHIVE_AFTER_DAYS * DAY_MS });
    const projecting = { feed, readModels, clock, leases, log: logger, parkedStreams, forget };
    const listParked = listParkedStreams({ readModels });
    const replaying = { ...loading, messageLog, readModels, clock, ids };
    const about = { personalData, eventStore, feed, readModels, clock, ids };
    const { handleSaga, calls, drive } = orders;
    const parked = { ...loading, handleSaga, cancelOrder: calls.cancelOrder, loadOrder: loadOrder(loading) };
    const sagas = { ...parked, readModels, clock, personalData };
    const setAside = requestsSetAside({ ...loading, feed, readModels, clock, messageLog });
    const comparing = { ...projecting, ...loading, running, gate, messageLog, listParkedStreams: listParked, setAside };
    const compared = reconcile({ ...comparing, drive }, allProjections);
    return {
      ...operateProjections({ ...projecting, running }),
      listParkedStreams: () => listParked,
      releaseStreams: releaseParked({ ...loading, ...projecting, ids }),
      listDeadLetters: listDeadLetters({ readModels }),
      showDeadLetter: showDeadLetter({ readModels }),
      replayDeadLetter: replayDeadLetter(replaying),
      replayDeadLetters: replayDeadLetters(replaying),
      discardDeadLetter: discardDeadLetter(replaying),
      eventById: eventById(sagas),
      boughtOfEvent: boughtOfEvent(sagas),
      listSagas: listSagas(sagas),
      replaySaga: releaseSaga(sagas, 'REPLAYED'),
      compensateSaga: releaseSaga(sagas, 'COMPENSATED'),
      ...verifying({ ...loading, messageLog, readModels, clock, listParked }),
      exportUser: exportUser({
        ordersOfUser: ordersOfUser(about),
        couponsOfUser: couponsOfUser(about),
        pointsOfUser: pointsOfUser(about),
        timelineOfUser: timelineOfUser(about),
        actsAbout: actsAbout(about),
        clock,
      }),
      eraseUser: eraseUser({ ...about, awaitVisible: awaitVisibleIn(about, VISIBLE_MS)(ordersView) }),
      timelineOfUser: timelineOfUser(about),
      ...bound.webhookCalls,
      findActs: findActs({ readModels }),
      reconcile: ({ heal, correlationId }, { onProgress }) =>
        compared({ heal, deep: true, correlationId, onProgress: (done) => onProgress({ done, total: null }) }),
    };
  });
  bindOnce(container, T.SigningKey, ({ sealKeys: stored, eventStore, clock, config }) => {
    const { SEAL_KEY_ROTATION_MS: rotationMs, KEYS_SECRET: secret } = config;
    const keys = secret === undefined ? stored : encryptedSigningKeys(stored, secret, 'seals');
    return recordSealKeys({ keys: ringOfSealKeys({ keys, now: clock.now, rotationMs }), eventStore });
  });
  bindOnce(container, T.IssueReceipt, ({ signingKey, metrics, clock }) =>
    issueReceipts({ signingKey, metrics, clock }),
  );
  bindOnce(container, T.HistoryCalls, ({ eventStore }) => ({ publishedSeals: publishedSeals(eventStore) }));
  bindOnce(container, T.DeadlineHandlers, (bound) => {
    const { messageLog: log, orders, openEvent, clock, secondClock, config, feed, readModels } = bound;
    const follow = viewsFollow({ feed, readModels, clock }, [waitingRoomsView]);
    const presence = presenceWhileAnswered(bound.presence, clock, follow);
    return {
      ...orderDeadlineHandlers(orders.drive),
      ...waitingDeadlineHandlers({ log, presence, claimWithin: config.WAITING_CLAIM_MS }),
      [OPENING]: openWhenDue({ openEvent, clock, secondClock }),
    };
  });
};

/** What the console shows and exports, from what this process can reach. */
export const consoleCalls = (
  bound: Bound,
  {
    health,
    owners,
  }: { readonly health: () => Promise<Readonly<Record<string, EngineState>>>; readonly owners: Owners },
): ConsoleUseCases => {
  const { readModels, messageLog, clock, metrics: measurements, engines, orders } = bound;
  const { listProjections, listParkedStreams, findActs, timelineOfUser } = bound.adminCalls;
  const { issueStatus, couponById } = bound.couponCalls;
  const { stockAudit } = orders.calls;
  const board = readBoard({
    readModels,
    messageLog,
    clock,
    measurements,
    health,
    trouble: engines.trouble,
    projections: listProjections,
    repair: () =>
      F.pipe(
        TE.Do,
        TE.apSW('deadLetters', countDeadLetters({ readModels })),
        TE.apSW('parkedOrders', countParkedOrders({ readModels })),
        TE.apSW('parkedStreams', TE.map(({ length }: ReadonlyArray<unknown>) => length)(listParkedStreams())),
      ),
  });
  const request: Parameters<typeof findPerson>[0]['request'] = (requestId) => async () => {
    const found = await issueStatus({ requestId })();
    if (E.isRight(found)) return E.right(found.right.userId ?? null);
    return found.left.code === 'UNAVAILABLE' ? E.left('Unavailable') : E.right(null);
  };
  // As they are stored: what is sealed of an older event is not how this version reads it.
  const { feed, eventStore } = engines.events;
  return {
    readBoard: board,
    findPerson: findPerson({ ...owners, request, timelineOfUser }),
    readExport: readExport({ readModels, findActs, stockAudit, couponById }),
    verifyHistory: (asked, { onProgress }) =>
      TE.mapLeft(() => ({ code: 'UNAVAILABLE' }) as const)(
        verifyHistory({ feed, eventStore })(asked, (done, total) => onProgress({ done, total })),
      ),
  };
};
