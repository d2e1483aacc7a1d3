import { option as O, taskEither as TE } from 'fp-ts';
import { type DataDirectory } from '../../adapters/embedded/environment/index.js';
import { openEventStore } from '../../adapters/embedded/event-store/index.js';
import { embeddedGate } from '../../adapters/embedded/gate/embedded-gate.js';
import { openIdempotencyKeys } from '../../adapters/embedded/idempotency/index.js';
import { inProcessLeases } from '../../adapters/embedded/leases/index.js';
import { openMessageLog } from '../../adapters/embedded/message-log/index.js';
import { openPassKeys } from '../../adapters/embedded/pass-keys/index.js';
import { inProcessPresence } from '../../adapters/embedded/presence/index.js';
import { noReminders } from '../../adapters/embedded/reminders/index.js';
import { steadyClock } from '../../adapters/embedded/second-clock/index.js';
import { openReadModels } from '../../adapters/embedded/read-models/index.js';
import { openSnapshots } from '../../adapters/embedded/snapshots/index.js';
import { embeddedStockGate } from '../../adapters/embedded/stock-gate/stock-gate.js';
import { type GateMemory } from '../../application/ports/gate-memory.js';
import { measuredPublishing } from '../metrics/measured.js';
import { type EngineContext, type EventEngine, type LogEngine, type StateEngine } from './engines.js';

/** In this process, so there whenever anybody asks. */
const health = async (): Promise<'ok'> => 'ok';

export const embeddedEvents = ({ root }: DataDirectory, { log, clock }: EngineContext): EventEngine => {
  const onFailure = (error: unknown): void => log.error({ engine: 'event store', err: error }, 'a commit failed');
  const { store, feed, sweep, close } = openEventStore(root, { now: clock.now, onFailure });
  return { eventStore: store, feed, health, sweep: async () => void (await sweep()()), close };
};

export const embeddedLog = ({ root }: DataDirectory, { log, metrics, clock }: EngineContext): LogEngine => {
  const onFailure = (error: unknown): void => log.error({ engine: 'message log', err: error }, 'a commit failed');
  const { sweep, close, ...messageLog } = openMessageLog(root, { now: clock.now, onFailure });
  return {
    messageLog: measuredPublishing(messageLog, metrics),
    health,
    sweep: async () => void (await sweep()()),
    close,
  };
};

/** The gate lives and dies with the process; what it forgets by that is restored before anybody can ask. */
const wholeMemory: GateMemory = { loss: () => TE.right(O.none), repaired: () => TE.right(true) };

export const embeddedState = ({ root }: DataDirectory, { config, clock }: EngineContext): StateEngine => {
  const readModels = openReadModels(root);
  const idempotencyKeys = openIdempotencyKeys(root, { now: clock.now });
  const secondClock = steadyClock({ now: clock.now });
  return {
    readModels,
    idempotencyKeys,
    snapshots: openSnapshots(root),
    leases: inProcessLeases(),
    passKeys: openPassKeys(root),
    presence: inProcessPresence(clock.now),
    reminders: noReminders,
    secondClock,
    openStockGate: (load) => embeddedStockGate({ load, clock }),
    openGate: (load) => ({
      gate: embeddedGate({ load, clock, mostHolders: config.COUPONS_IN_MEMORY }),
      memory: wholeMemory,
    }),
    health,
    close: async () => {
      secondClock.close();
      await Promise.all([readModels.close(), idempotencyKeys.close()]);
    },
  };
};
