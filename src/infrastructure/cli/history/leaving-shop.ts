import { openDataKeys } from '../../../adapters/embedded/data-keys/open-data-keys.js';
import {
  type DepartingShop,
  openDepartingShop,
} from '../../../adapters/embedded/departing-shop/open-departing-shop.js';
import { holdsData } from '../../../adapters/embedded/environment/index.js';
import { type DataKeys } from '../../../application/ports/data-keys.js';
import { type Position } from '../../../application/ports/event-store.js';
import { type Build } from '../../../application/ports/read-models.js';
import { type Config } from '../../config/load-config.js';
import { CallFailed } from '../failures.js';
import { answerOf } from './answer-of.js';
import { enginesOf } from './engines.js';

/** The shop that is moved, as far as a move has to know it. */
export interface LeavingShop extends Omit<DepartingShop, 'checkpoint'> {
  readonly dataKeys: DataKeys;
  readonly checkpoint: (build: Build) => Promise<Position>;
}

/** Sells while it is copied; it is closed by a record in its data, which its server reads. */
const embeddedShop = (directory: string): LeavingShop => {
  const shop = openDepartingShop(directory);
  const { keys, close } = openDataKeys(directory);
  return {
    ...shop,
    dataKeys: keys,
    checkpoint: async (build) => shop.checkpoint(build),
    release: async () => {
      await close();
      await shop.release();
    },
  };
};

/** On shared engines nothing can close all processes at once: they must be stopped before, and anything written meanwhile is noticed. */
const stoppedShop = async (config: Config): Promise<LeavingShop> => {
  const { events, log, state, close } = await enginesOf(config);
  const head = await answerOf('event store', events.feed.head());
  return {
    feed: events.feed,
    log: log.messageLog,
    dataKeys: events.dataKeys,
    checkpoint: (build) => answerOf('store of the views', state.readModels.checkpoint(build)),
    departedTo: () => null,
    close: async () => undefined,
    depart: async () => (await answerOf('event store', events.feed.head())) === head,
    reopen: async () => undefined,
    comeBack: async () => undefined,
    release: close,
  };
};

/** Rejects with CallFailed where there is nothing to move. */
export const openLeavingShop = async (config: Config): Promise<LeavingShop> => {
  const { EVENTSTORE_URL, KAFKA_BROKERS, REDIS_URL, DATA_DIR } = config;
  const servers = [EVENTSTORE_URL, KAFKA_BROKERS, REDIS_URL];
  if (servers.some((server) => server !== undefined)) return stoppedShop(config);
  if (!holdsData(DATA_DIR)) throw new CallFailed(`There is no data in ${DATA_DIR}`, 'NO_DATA');
  return embeddedShop(DATA_DIR);
};
