import { type ProgressWatch } from '../../application/kernel/process/watch-progress.js';
import { type Engine, type EngineState } from '../engines/engines.js';

const stateOf = (health: () => Promise<EngineState>): Promise<EngineState> => health().catch(() => 'down' as const);

/**
 * A part that makes no progress because an engine is away, or that waits for the data platform (another system), is only degraded:
 * the process still gets requests.
 */
const stateOfStandingStill = (name: string, engines: ReadonlyArray<EngineState>): EngineState =>
  name === 'data-platform' || engines.some((state) => state !== 'ok') ? 'degraded' : 'down';

/** The state of each engine, by name, and of whatever runs here and does not advance. */
export const healthOf =
  (
    { events, log, state }: Readonly<Record<'events' | 'log' | 'state', Pick<Engine, 'health'>>>,
    { standingStill }: Pick<ProgressWatch, 'standingStill'>,
  ) =>
  async (): Promise<Readonly<Record<string, EngineState>>> => {
    const states = await Promise.all([events, log, state].map(({ health }) => stateOf(health)));
    const [eventStore = 'down', messageLog = 'down', gateAndReadModels = 'down'] = states;
    const still = standingStill().map(({ name }) => [name, stateOfStandingStill(name, states)] as const);
    return { eventStore, messageLog, gateAndReadModels, ...Object.fromEntries(still) };
  };
