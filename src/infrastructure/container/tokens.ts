import { type ServiceIdentifier } from 'inversify';
import { type GuardedGateway } from '../../adapters/breaker/guarded-gateway.js';
import {
  type AdminUseCases,
  type CouponUseCases,
  type EventUseCases,
  type HistoryUseCases,
  type OrderUseCases,
  type WaitingUseCases,
} from '../../adapters/http/route-table.js';
import { type JwtPasses } from '../../adapters/jwt/jwt-passes.js';
import { type WebhookClient } from '../../adapters/standard-webhooks/webhook-sender.js';
import { type HandleSaga } from '../../application/checkout/aggregates/order-parking.js';
import { type DriveOrder } from '../../application/checkout/drive/drive-order.js';
import { type FollowOrdersPorts } from '../../application/checkout/drive/follow-orders.js';
import { type PersonalData } from '../../application/kernel/personal-data/personal-data.js';
import { type DeadlineHandlers } from '../../application/kernel/process/deadlines/deadline.js';
import { type InBulk } from '../../application/kernel/process/deadlines/in-bulk.js';
import { type ParkedStreams } from '../../application/kernel/process/parking/parked-streams.js';
import { type ProgressWatch } from '../../application/kernel/process/watch-progress.js';
import { type WriteBatch } from '../../application/kernel/writer/aggregate-writer.js';
import { type SnapshotKeeper } from '../../application/kernel/writer/keep-snapshots.js';
import { type OperateWebhooks } from '../../application/notices/webhooks/operate-webhooks.js';
import { type AdmissionGate } from '../../application/ports/admission-gate.js';
import { type GateMemory } from '../../application/ports/gate-memory.js';
import { type EventStore } from '../../application/ports/event-store.js';
import { type EventFeed } from '../../application/ports/event-feed.js';
import { type IdempotencyKeys } from '../../application/ports/idempotency.js';
import { type Leases } from '../../application/ports/leases.js';
import { type MessageLog } from '../../application/ports/message-log.js';
import { type Alerts } from '../../application/ports/alerts.js';
import { type Clock } from '../../application/ports/clock.js';
import { type SecondClock } from '../../application/ports/second-clock.js';
import { type Ids } from '../../application/ports/ids.js';
import { type Log } from '../../application/ports/log.js';
import { type Reminders } from '../../application/ports/reminders.js';
import { type Presence } from '../../application/ports/presence.js';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { type ReadModels } from '../../application/ports/read-models.js';
import { type SigningKeys } from '../../application/ports/signing-keys.js';
import { type SigningKey } from '../../application/ports/seal-keys.js';
import { type IssueReceipt } from '../../application/kernel/history/issue-receipts.js';
import { type Snapshots } from '../../application/ports/snapshots.js';
import { type StockGate } from '../../application/ports/stock-gate.js';
import { type WebhookSecretOf } from '../../application/ports/webhook-sender.js';
import { type OpenEvent } from '../../application/shop-event/open-event.js';
import { type CompleteVisit } from '../../application/waiting-room/complete-visit.js';
import { type RequireActive } from '../../application/waiting-room/require-active.js';
import { type Config } from '../config/load-config.js';
import { type Engines } from '../engines/engines.js';
import { type PrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { type ProjectionRunner } from './projection-runner.js';

/** Everything there is about orders, wired to one set of ports: what HTTP calls, the saga, what comes due. */
export interface Orders extends FollowOrdersPorts {
  readonly calls: OrderUseCases;
  readonly handleSaga: HandleSaga;
  readonly drive: DriveOrder;
  readonly deadlinesInBulk: Readonly<Record<string, InBulk>>;
}

const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(`doorbuster.${name}`);

/** What the container holds, each under a symbol that knows its type. */
export const Tokens = {
  Config: token<Config>('Config'),
  Engines: token<Engines>('Engines'),

  Alerts: token<Alerts>('Alerts'),
  Clock: token<Clock>('Clock'),
  Feed: token<EventFeed>('Feed'),
  EventStore: token<EventStore>('EventStore'),
  Gate: token<AdmissionGate>('Gate'),
  GateMemory: token<GateMemory>('GateMemory'),
  OpenRateLimiter: token<OpenRateLimiter>('OpenRateLimiter'),
  IdempotencyKeys: token<IdempotencyKeys>('IdempotencyKeys'),
  Ids: token<Ids>('Ids'),
  Leases: token<Leases>('Leases'),
  Logger: token<Log>('Logger'),
  MessageLog: token<MessageLog>('MessageLog'),
  /** The same for requests from outside: bounded. */
  RequestLog: token<MessageLog>('RequestLog'),
  Metrics: token<PrometheusMetrics>('Metrics'),
  PassKeys: token<SigningKeys>('PassKeys'),
  SealKeys: token<SigningKeys>('SealKeys'),
  /** Of seals and receipts. */
  SigningKey: token<SigningKey>('SigningKey'),
  IssueReceipt: token<IssueReceipt>('IssueReceipt'),
  HistoryCalls: token<HistoryUseCases>('HistoryCalls'),
  Passes: token<JwtPasses>('Passes'),
  PersonalData: token<PersonalData>('PersonalData'),
  Presence: token<Presence>('Presence'),
  ReadModels: token<ReadModels>('ReadModels'),
  Reminders: token<Reminders>('Reminders'),
  SecondClock: token<SecondClock>('SecondClock'),
  Snapshots: token<Snapshots>('Snapshots'),

  SnapshotKeeper: token<SnapshotKeeper>('SnapshotKeeper'),
  DecideCouponRequests: token<WriteBatch>('DecideCouponRequests'),
  ParkedStreams: token<ParkedStreams>('ParkedStreams'),
  Progress: token<ProgressWatch>('Progress'),
  ProjectionRunner: token<ProjectionRunner>('ProjectionRunner'),
  CouponCalls: token<CouponUseCases>('CouponCalls'),
  CompleteVisit: token<CompleteVisit>('CompleteVisit'),
  DeadlineHandlers: token<DeadlineHandlers>('DeadlineHandlers'),
  DecideWaitingRequests: token<WriteBatch>('DecideWaitingRequests'),
  RequireActive: token<RequireActive>('RequireActive'),
  WaitingCalls: token<WaitingUseCases>('WaitingCalls'),
  EventCalls: token<EventUseCases>('EventCalls'),
  OpenEvent: token<OpenEvent>('OpenEvent'),
  StockGate: token<StockGate>('StockGate'),
  PaymentGateway: token<GuardedGateway>('PaymentGateway'),
  Orders: token<Orders>('Orders'),
  WebhookSecretOf: token<WebhookSecretOf | null>('WebhookSecretOf'),
  WebhookSender: token<WebhookClient>('WebhookSender'),
  WebhookCalls: token<OperateWebhooks>('WebhookCalls'),
  AdminCalls: token<AdminUseCases>('AdminCalls'),
};
