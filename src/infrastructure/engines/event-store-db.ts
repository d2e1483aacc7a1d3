import { either as E } from 'fp-ts';
import { openEventStoreDb } from '../../adapters/eventstoredb/open-event-store-db.js';
import { type EngineContext, type EventEngine } from './engines.js';
import { EngineAway } from './retry-while-engine-away.js';
import { namespaceOf, shopFault } from './namespace.js';

/** The event store on EventStoreDB. Left: why waiting for it would not help. Who only reads writes no new shop down. */
export const eventStoreDb = async (
  connectionString: string,
  context: EngineContext,
  { onlyReads = false } = {},
): Promise<E.Either<string, EventEngine>> => {
  const { log } = context;
  const opened = openEventStoreDb({
    connectionString,
    namespace: namespaceOf(context.config),
    onNews: ({ level, what, error, times }) => log[level]({ engine: 'eventstoredb', err: error, times }, what),
  });
  const { store, feed, keys, health, findFault, close } = opened;
  const fault = await findFault();
  if (fault?.kind === 'misconfigured') {
    await close();
    return E.left(fault.sentence);
  }
  if (fault !== null) log.warn({ engine: 'eventstoredb' }, fault.sentence);
  const entryFault = async (): Promise<string | null> => {
    const now = await findFault();
    if (now?.kind === 'misconfigured') return now.sentence;
    if (now !== null) throw new EngineAway('event store');
    const { shops, addShop } = opened;
    return shopFault({ shops, addShop: onlyReads ? async () => E.right(undefined) : addShop }, context.config);
  };
  return E.right({ eventStore: store, feed, dataKeys: keys, entryFault, health, close });
};
