import { type StorageTrouble } from '../../adapters/embedded/environment/index.js';
import { type AdmissionGate, type LoadGateState } from '../../application/ports/admission-gate.js';
import { type GateMemory } from '../../application/ports/gate-memory.js';
import { type DataKeys } from '../../application/ports/data-keys.js';
import { type IdempotencyKeys } from '../../application/ports/idempotency.js';
import { type StreamTickets } from '../../application/ports/stream-tickets.js';
import { type Ports } from '../../application/ports/ports.js';
import { type SecondClock } from '../../application/ports/second-clock.js';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { type SigningKeys } from '../../application/ports/signing-keys.js';
import { type LoadStockGateState, type StockGate } from '../../application/ports/stock-gate.js';
import { type Config } from '../config/load-config.js';

/** Whether any engine is in the data directory; else the directory is not even opened. */
export const isEmbedded = ({
  EVENTSTORE_URL,
  KAFKA_BROKERS,
  REDIS_URL,
}: Pick<Config, 'EVENTSTORE_URL' | 'KAFKA_BROKERS' | 'REDIS_URL'>): boolean =>
  EVENTSTORE_URL === undefined || KAFKA_BROKERS === undefined || REDIS_URL === undefined;

export type EngineState = 'ok' | 'degraded' | 'down';

export interface EngineContext extends Pick<Ports, 'log' | 'metrics' | 'clock'> {
  readonly config: Config;
}

/** How an engine is looked after. */
export interface Engine {
  readonly health: () => Promise<EngineState>;
  /** Drops what may be dropped by now; to be called now and then, by one process at a time. */
  readonly sweep?: () => Promise<void>;
  /** Refuses what is new, waits for what is on its way, and lets go. */
  readonly close: () => Promise<void>;
}

export interface EventEngine extends Engine, Pick<Ports, 'eventStore' | 'feed'> {
  readonly dataKeys: DataKeys;
  /** Why this shop must not use it; null when it may. To be asked before anything else. Rejects with EngineAway. */
  readonly entryFault: () => Promise<string | null>;
}

export type LogEngine = Engine & Pick<Ports, 'messageLog'>;

/** Everything that may be lost without losing a fact. */
export interface StateEngine
  extends Engine, Pick<Ports, 'readModels' | 'snapshots' | 'leases' | 'presence' | 'reminders'> {
  readonly idempotencyKeys: IdempotencyKeys;
  readonly passKeys: SigningKeys;
  readonly sealKeys: SigningKeys;
  readonly streamTickets: StreamTickets;
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
