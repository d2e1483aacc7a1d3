import { type Container } from 'inversify';
import { loadGateState } from '../../application/coupon/load-gate-state.js';
import { versionedEvents } from '../../application/kernel/events/versioned-events.js';
import { boundedPublishing } from '../../application/kernel/messaging/bounded-publishing.js';
import { personalData } from '../../application/kernel/personal-data/personal-data.js';
import { refuseImpossible } from '../../application/kernel/process/refuse-impossible.js';
import { tracedEvents, tracedMessages } from '../../application/kernel/tracing/active-trace.js';
import { allEvents } from '../../application/operating/all-events.js';
import { type Ports } from '../../application/ports/ports.js';
import { heardWhileAwake } from '../../application/waiting-room/heard-while-awake.js';
import { type Config } from '../config/load-config.js';
import { type Engines } from '../engines/engines.js';
import { keyWrapOf } from '../engines/key-wrap.js';
import { type ClosableLog } from '../logging/pino-log.js';
import { measuredVisibility } from '../metrics/measured.js';
import { type PrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { Tokens } from './tokens.js';

/** Of memory, before the count of LOG_MAX_PENDING is reached by large messages. */
const MAX_PENDING_CHARACTERS = 64 * 2 ** 20;

export interface Opened extends Pick<Ports, 'alerts' | 'clock' | 'ids'> {
  readonly config: Config;
  readonly engines: Engines;
  readonly log: ClosableLog;
  readonly metrics: PrometheusMetrics;
}

/** Every port, bound to the engine it was opened on. */
export const bindPorts = (container: Container, opened: Opened): void => {
  const { config, engines, log, metrics, alerts, clock, ids } = opened;
  const { events, state } = engines;
  const versioned = versionedEvents(allEvents);
  const eventStore = tracedEvents(versioned.eventStore(events.eventStore));
  const messageLog = tracedMessages(engines.log.messageLog);
  const load = loadGateState({ eventStore, snapshots: state.snapshots, logger: log });
  const { gate, memory } = state.openGate(load);
  container.bind(Tokens.Config).toConstantValue(config);
  container.bind(Tokens.Engines).toConstantValue(engines);
  container.bind(Tokens.Alerts).toConstantValue(alerts);
  container.bind(Tokens.Clock).toConstantValue(clock);
  container.bind(Tokens.Feed).toConstantValue(refuseImpossible({ feed: versioned.feed(events.feed), clock, log }));
  container.bind(Tokens.EventStore).toConstantValue(eventStore);
  container.bind(Tokens.Gate).toConstantValue(gate);
  container.bind(Tokens.GateMemory).toConstantValue(memory);
  container.bind(Tokens.IdempotencyKeys).toConstantValue(state.idempotencyKeys);
  container.bind(Tokens.OpenRateLimiter).toConstantValue(state.openRateLimiter);
  container.bind(Tokens.Ids).toConstantValue(ids);
  container.bind(Tokens.Leases).toConstantValue(state.leases);
  container.bind(Tokens.Logger).toConstantValue(log);
  container.bind(Tokens.MessageLog).toConstantValue(messageLog);
  container.bind(Tokens.RequestLog).toConstantValue(
    boundedPublishing(messageLog, metrics, {
      maxPending: config.LOG_MAX_PENDING,
      maxPendingCharacters: MAX_PENDING_CHARACTERS,
    }),
  );
  container.bind(Tokens.Metrics).toConstantValue(metrics);
  container.bind(Tokens.PassKeys).toConstantValue(state.passKeys);
  container.bind(Tokens.PersonalData).toConstantValue(personalData({ keys: events.dataKeys, wrap: keyWrapOf(config) }));
  container.bind(Tokens.SealKeys).toConstantValue(state.sealKeys);
  container.bind(Tokens.Presence).toConstantValue(heardWhileAwake(state.presence, clock));
  container.bind(Tokens.ReadModels).toConstantValue(measuredVisibility(state.readModels, metrics, clock));
  container.bind(Tokens.Reminders).toConstantValue(state.reminders);
  container.bind(Tokens.SecondClock).toConstantValue(state.secondClock);
  container.bind(Tokens.Snapshots).toConstantValue(state.snapshots);
};
