import { type Engines, type EngineState } from '../engines/engines.js';

const stateOf = (health: () => Promise<EngineState>): Promise<EngineState> => health().catch(() => 'down' as const);

/** The state of each engine, by name. */
export const healthOf =
  ({ events, log, state }: Engines) =>
  async (): Promise<Readonly<Record<string, EngineState>>> => {
    const [eventStore, messageLog, gateAndReadModels] = await Promise.all(
      [events, log, state].map(({ health }) => stateOf(health)),
    );
    return {
      eventStore: eventStore ?? 'down',
      messageLog: messageLog ?? 'down',
      gateAndReadModels: gateAndReadModels ?? 'down',
    };
  };
