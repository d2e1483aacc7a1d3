import { either as E } from 'fp-ts';
import { openEventStoreDb } from '../../adapters/eventstoredb/index.js';
import { type EngineContext, type EventEngine } from './engines.js';
import { enterEventStoreDb, namespaceOf } from './namespace.js';

/** The event store on EventStoreDB. Left: why waiting for it would not help. */
export const eventStoreDb = async (
  connectionString: string,
  context: EngineContext,
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
  // While the event store is away, a shop without a namespace starts unchecked; one with a namespace waits.
  const isAsked = fault === null || context.config.NAMESPACE !== '';
  const entered = isAsked ? await enterEventStoreDb(opened, context) : E.right(undefined);
  if (E.isLeft(entered)) {
    await close();
    return entered;
  }
  return E.right({ eventStore: store, feed, dataKeys: keys, health, close });
};
