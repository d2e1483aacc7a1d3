import { either as E } from 'fp-ts';
import { openEventStoreDb } from '../../adapters/eventstoredb/index.js';
import { type EngineContext, type EventEngine } from './engines.js';

/** The event store on EventStoreDB. Left: why waiting for it would not help. */
export const eventStoreDb = async (
  connectionString: string,
  { log }: EngineContext,
): Promise<E.Either<string, EventEngine>> => {
  const { store, feed, keys, health, findFault, close } = openEventStoreDb({
    connectionString,
    onNews: ({ level, what, error, times }) => log[level]({ engine: 'eventstoredb', err: error, times }, what),
  });
  const fault = await findFault();
  if (fault?.kind === 'misconfigured') {
    await close();
    return E.left(fault.sentence);
  }
  if (fault !== null) log.warn({ engine: 'eventstoredb' }, fault.sentence);
  return E.right({ eventStore: store, feed, dataKeys: keys, health, close });
};
