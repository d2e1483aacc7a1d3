import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openedDirectory } from '../embedded.js';
import { type Behaviour } from './behaviour.js';
import { type StandIn, startStandIn } from './stand-in.js';

export interface OpenStandIn extends StandIn {
  /** Drops what is past its time. */
  readonly sweep: () => Promise<void>;
}

/** A stand-in over a data directory: what it was told is there again when it is opened again. */
export const openStandIn = async (
  directory: string,
  port = 0,
  behaviour: Behaviour = {},
  host?: string,
): Promise<OpenStandIn> => {
  const { root, close } = await openedDirectory(directory);
  const embedded = openEventStore(root);
  const server = await startStandIn({ ...embedded, ...behaviour }, port, host);
  return {
    ...server,
    sweep: async () => void (await embedded.sweep()()),
    stop: async () => {
      await server.stop();
      await embedded.close();
      await close();
    },
  };
};
