import { type AdmissionGate } from './admission-gate.js';
import { type EventStore } from './event-store.js';
import { type EventFeed } from './event-feed.js';
import { type Leases } from './leases.js';
import { type MessageLog } from './message-log.js';
import { type Passes } from './passes.js';
import { type PaymentGateway } from './payment-gateway.js';
import { type ReadModels } from './read-models.js';
import { type Snapshots } from './snapshots.js';
import { type Presence } from './presence.js';
import { type Reminders } from './reminders.js';
import { type Metrics } from './metrics.js';
import { type Log } from './log.js';
import { type Ids } from './ids.js';
import { type Clock } from './clock.js';
import { type Alerts } from './alerts.js';

/** The ports that many work with, each under its usual name: `Pick<Ports, …>` says which of them somebody needs. */
export interface Ports {
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly eventStore: EventStore;
  readonly feed: EventFeed;
  readonly gate: AdmissionGate;
  readonly gateway: PaymentGateway;
  readonly ids: Ids;
  readonly leases: Leases;
  readonly log: Log;
  readonly logger: Log;
  readonly messageLog: MessageLog;
  readonly metrics: Metrics;
  readonly passes: Passes;
  readonly presence: Presence;
  readonly readModels: ReadModels;
  readonly reminders: Reminders;
  readonly snapshots: Snapshots;
}
