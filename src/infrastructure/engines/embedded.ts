import { option as O, taskEither as TE } from 'fp-ts';
import { openDataKeys } from '../../adapters/embedded/data-keys/open-data-keys.js';
import { type DataDirectory } from '../../adapters/embedded/environment/index.js';
import { openEventStore } from '../../adapters/embedded/event-store/open-event-store.js';
import { embeddedGate } from '../../adapters/embedded/gate/embedded-gate.js';
import { openIdempotencyKeys } from '../../adapters/embedded/idempotency/open-idempotency-keys.js';
import { inProcessPresence, inProcessTickets, noReminders } from '../../adapters/embedded/in-process.js';
import { inProcessLeases } from '../../adapters/embedded/leases/in-process-leases.js';
import { openMessageLog } from '../../adapters/embedded/message-log/open-message-log.js';
import { openReadModels } from '../../adapters/embedded/read-models/open-read-models.js';
import { steadyClock } from '../../adapters/embedded/second-clock/index.js';
import { openSigningKeys } from '../../adapters/embedded/signing-keys/open-signing-keys.js';
import { openSnapshots } from '../../adapters/embedded/snapshots/open-snapshots.js';
import { embeddedStockGate } from '../../adapters/embedded/stock-gate/stock-gate.js';
import { inMemoryRateLimiter } from '../../adapters/rate-limits/in-memory.js';
import { type GateMemory } from '../../application/ports/gate-memory.js';
import { measuredPublishing } from '../metrics/measured.js';
import { stopAll } from '../system/stop-all.js';
import { type EngineContext, type EngineState, type EventEngine, type LogEngine, type StateEngine } from './engines.js';

/** In this process, so there whenever anybody asks, as long as the disk takes what is written. */
const healthOn =
  ({ trouble }: DataDirectory): (() => Promise<EngineState>) =>
  async () =>
    trouble() === null ? 'ok' : 'down';

export const embeddedEvents = (directory: DataDirectory, { log, clock }: EngineContext): EventEngine => {
  const { root } = directory;
  const onFailure = (error: unknown): void => log.error({ engine: 'event store', err: error }, 'a commit failed');
  const { store, feed, sweep, close } = openEventStore(root, { now: clock.now, onFailure });
  const dataKeys = openDataKeys(directory.directory, (error) =>
    log.error({ engine: 'event store', err: error }, 'a key of personal data cannot be had'),
  );
  return {
    eventStore: store,
    feed,
    dataKeys: dataKeys.keys,
    entryFault: async () => null,
    health: healthOn(directory),
    sweep: async () => void (await sweep()()),
    close: () => stopAll([dataKeys.close, close]),
  };
};

export const embeddedLog = (directory: DataDirectory, { log, metrics, clock }: EngineContext): LogEngine => {
  const { root } = directory;
  const onFailure = (error: unknown): void => log.error({ engine: 'message log', err: error }, 'a commit failed');
  const { sweep, close, ...messageLog } = openMessageLog(root, { now: clock.now, onFailure });
  return {
    messageLog: measuredPublishing(messageLog, metrics),
    health: healthOn(directory),
    sweep: async () => void (await sweep()()),
    close,
  };
};

/** The gate lives and dies with the process; what it forgets by that is restored before anybody can ask. */
const wholeMemory: GateMemory = { loss: () => TE.right(O.none), repaired: () => TE.right(true) };

export const embeddedState = (directory: DataDirectory, { config, clock, log }: EngineContext): StateEngine => {
  const { root } = directory;
  const readModels = openReadModels(root);
  const idempotencyKeys = openIdempotencyKeys(root, { now: clock.now });
  const secondClock = steadyClock({ now: clock.now });
  return {
    readModels,
    idempotencyKeys,
    snapshots: openSnapshots(root),
    leases: inProcessLeases(),
    passKeys: openSigningKeys(root, 'pass-keys'),
    sealKeys: openSigningKeys(root, 'seal-keys'),
    presence: inProcessPresence(clock.now),
    streamTickets: inProcessTickets(),
    reminders: noReminders,
    openRateLimiter: inMemoryRateLimiter,
    secondClock,
    openStockGate: (load) => embeddedStockGate({ load, clock }),
    openGate: (load) => ({
      gate: embeddedGate({ load, clock, mostHolders: config.COUPONS_IN_MEMORY, log }),
      memory: wholeMemory,
    }),
    health: healthOn(directory),
    sweep: async () => void (await idempotencyKeys.sweep()()),
    close: async () => {
      secondClock.close();
      await readModels.close();
    },
  };
};
