import { type StorageTrouble } from '../../adapters/embedded/environment/index.js';
import { type AdmissionGate, type LoadGateState } from '../../application/ports/admission-gate.js';
import { type Clock } from '../../application/ports/clock.js';
import { type DataKeys } from '../../application/ports/data-keys.js';
import { type EventFeed } from '../../application/ports/event-feed.js';
import { type EventStore } from '../../application/ports/event-store.js';
import { type GateMemory } from '../../application/ports/gate-memory.js';
import { type IdempotencyKeys } from '../../application/ports/idempotency.js';
import { type Leases } from '../../application/ports/leases.js';
import { type Log } from '../../application/ports/log.js';
import { type MessageLog } from '../../application/ports/message-log.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type SigningKeys } from '../../application/ports/signing-keys.js';
import { type Presence } from '../../application/ports/presence.js';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { type Reminders } from '../../application/ports/reminders.js';
import { type SecondClock } from '../../application/ports/second-clock.js';
import { type StreamTickets } from '../../application/ports/stream-tickets.js';
import { type ReadModels } from '../../application/ports/read-models.js';
import { type Snapshots } from '../../application/ports/snapshots.js';
import { type LoadStockGateState, type StockGate } from '../../application/ports/stock-gate.js';
import { type Config } from '../config/load-config.js';

export type EngineState = 'ok' | 'degraded' | 'down';

/** What every engine is opened with. */
export interface EngineContext {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

/** How an engine is looked after. */
export interface Engine {
  readonly health: () => Promise<EngineState>;
  /** Drops what may be dropped by now; to be called now and then, by one process at a time. */
  readonly sweep?: () => Promise<void>;
  /** Refuses what is new, waits for what is on its way, and lets go. */
  readonly close: () => Promise<void>;
}

export interface EventEngine extends Engine {
  readonly eventStore: EventStore;
  readonly feed: EventFeed;
  readonly dataKeys: DataKeys;
  /** Why this shop must not use it; null when it may. To be asked before anything else. Rejects with EngineAway. */
  readonly entryFault: () => Promise<string | null>;
}

export interface LogEngine extends Engine {
  readonly messageLog: MessageLog;
}

/** Everything that may be lost without losing a fact. */
export interface StateEngine extends Engine {
  readonly readModels: ReadModels;
  readonly snapshots: Snapshots;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly leases: Leases;
  readonly passKeys: SigningKeys;
  readonly sealKeys: SigningKeys;
  readonly presence: Presence;
  readonly streamTickets: StreamTickets;
  readonly reminders: Reminders;
  readonly secondClock: SecondClock;
  readonly openRateLimiter: OpenRateLimiter;
  /** How the gate learns of a coupon is known once events and snapshots are. */
  readonly openGate: (load: LoadGateState) => { readonly gate: AdmissionGate; readonly memory: GateMemory };
  /** The same for products. */
  readonly openStockGate: (load: LoadStockGateState) => StockGate;
}

export interface Engines {
  readonly events: EventEngine;
  readonly log: LogEngine;
  readonly state: StateEngine;
  /** Tells other processes of this machine where this one listens; does nothing when nothing is embedded. */
  readonly announce: (url: string) => void;
  /** Why the data directory cannot be written to at the moment; null while it can, or where nothing is embedded. */
  readonly trouble: () => StorageTrouble | null;
  /** In the order in which one needs the other. */
  readonly close: () => Promise<void>;
}
