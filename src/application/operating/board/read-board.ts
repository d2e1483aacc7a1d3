import { either as E, type taskEither as TE } from 'fp-ts';
import { type ConsumerGroup, COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../kernel/messaging/topics.js';
import { type ProjectionStatus } from '../../kernel/projection/projection-status.js';
import { type MessageLog } from '../../ports/message-log.js';
import { type Ports } from '../../ports/ports.js';
import { type Measurements } from '../../ports/metrics.js';
import { type Alarm, type Board, emptyShop, type HealthOnBoard, unknownHealth } from './board.js';
import { figuresAreMadeOf, newFigures, type Sample } from './figures.js';
import { readShop } from './read-shop.js';

/** A delay longer than this is noticed by users. */
const LATE_MS = 10_000;

export interface Watched extends HealthOnBoard {
  /** Why nothing can be written; null while everything can. */
  readonly trouble: string | null;
  /** Parts of the board that could not be read: they are shown as they were. */
  readonly notRead: ReadonlyArray<string>;
}

const counted = (kind: Alarm['kind'], count: number): ReadonlyArray<Alarm> =>
  count > 0 ? [{ kind, severity: 'warning', count }] : [];

/** What an operator should look at now. */
export const alarmsOf = ({ engines, views, undecided, repair, trouble, notRead }: Watched): ReadonlyArray<Alarm> => {
  const found: Alarm[] = [];
  if (trouble !== null) found.push({ kind: 'DISK', severity: 'critical', subject: trouble });
  for (const [subject, state] of Object.entries(engines)) {
    if (state === 'down') found.push({ kind: 'ENGINE_DOWN', severity: 'critical', subject });
    if (state === 'degraded') found.push({ kind: 'ENGINE_DEGRADED', severity: 'warning', subject });
  }
  for (const [subject, { state, ageMs, events: count }] of Object.entries(views)) {
    if (state === 'STUCK') found.push({ kind: 'VIEW_STUCK', severity: 'critical', subject, count, ageMs });
    else if (state === 'NOT_BUILT' || ageMs > LATE_MS)
      found.push({ kind: 'VIEW_BEHIND', severity: 'warning', subject, count, ageMs });
  }
  for (const [subject, { messages: count, ageMs }] of Object.entries(undecided))
    if (ageMs > LATE_MS) found.push({ kind: 'REQUESTS_WAIT', severity: 'critical', subject, count, ageMs });
  return [
    ...found,
    ...counted('DEAD_LETTERS', repair.deadLetters),
    ...counted('PARKED_ORDERS', repair.parkedOrders),
    ...counted('PARKED_STREAMS', repair.parkedStreams),
    ...notRead.map((subject): Alarm => ({ kind: 'NOT_READ', severity: 'warning', subject })),
  ];
};

export interface ReadBoardPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly messageLog: Pick<MessageLog, 'lag'>;
  readonly measurements: Measurements;
  readonly health: () => Promise<HealthOnBoard['engines']>;
  readonly trouble: () => { readonly code: string } | null;
  readonly projections: () => TE.TaskEither<unknown, ReadonlyArray<ProjectionStatus>>;
  readonly repair: () => TE.TaskEither<unknown, HealthOnBoard['repair']>;
}

/** The board as it stands now. Never fails: what cannot be read stays as it was seen last, with an alarm that says so. */
export type ReadBoard = () => Promise<Board>;

const requests: ConsumerGroup = { topic: COUPON_ISSUE_REQUESTS, group: COUPON_ISSUE_GROUP };

const keyed = (alarms: ReadonlyArray<Alarm>): Board['alarms'] =>
  Object.fromEntries(alarms.map((alarm) => [[alarm.kind, alarm.subject ?? ''].join(':'), alarm]));

const viewsOnBoard = (statuses: ReadonlyArray<ProjectionStatus>): HealthOnBoard['views'] =>
  Object.fromEntries(
    statuses.map(({ view, state, lag }) => [view, { state, events: lag.events, ageMs: Math.round(lag.ageMs) }]),
  );

/** Looks at all there is to see; between two looks it remembers what rates are told from. */
export const readBoard = (ports: ReadBoardPorts): ReadBoard => {
  const { clock, messageLog, measurements } = ports;
  const shopNow = readShop(ports);
  const figures = newFigures();
  let shop = emptyShop;
  let health = unknownHealth;

  const lag = async (): Promise<{ log: Sample['log']; undecided: HealthOnBoard['undecided'] } | null> => {
    const found = await messageLog.lag(requests.topic, requests.group)();
    if (E.isLeft(found)) return null;
    let [accepted, decided, ageMs] = [0, 0, 0];
    for (const { head, committed, oldestUnprocessedAt } of found.right) {
      accepted += head;
      decided += committed;
      if (oldestUnprocessedAt !== null) ageMs = Math.max(ageMs, Math.round(clock.now() - oldestUnprocessedAt));
    }
    return {
      log: { accepted, decided },
      undecided: { [requests.topic]: { messages: Math.max(0, accepted - decided), ageMs } },
    };
  };

  return async () => {
    const at = clock.elapsed();
    const [shopRead, engines, logRead, views, repair, counted] = await Promise.all([
      shopNow(),
      ports.health(),
      lag(),
      ports.projections()(),
      ports.repair()(),
      measurements.read(figuresAreMadeOf),
    ]);
    const notRead: string[] = [];
    if (E.isRight(shopRead)) shop = shopRead.right;
    else notRead.push('shop');
    if (logRead === null) notRead.push('log');
    if (E.isLeft(views)) notRead.push('views');
    if (E.isLeft(repair)) notRead.push('repair');
    health = {
      engines,
      views: E.isRight(views) ? viewsOnBoard(views.right) : health.views,
      undecided: logRead?.undecided ?? health.undecided,
      repair: E.isRight(repair) ? repair.right : health.repair,
    };
    const issued = E.isRight(shopRead)
      ? Object.values(shop.coupons).reduce((sum, coupon) => sum + coupon.issued, 0)
      : null;
    return {
      at: new Date(clock.now()).toISOString(),
      ...shop,
      ...health,
      ...figures({ at, measurements: counted, log: logRead?.log ?? null, issued }),
      alarms: keyed(alarmsOf({ ...health, trouble: ports.trouble()?.code ?? null, notRead })),
    };
  };
};
