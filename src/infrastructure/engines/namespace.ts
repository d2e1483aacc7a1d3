import { either as E } from 'fp-ts';
import { randomUUID } from 'node:crypto';
import { type DataDirectory } from '../../adapters/embedded/environment/index.js';
import { type EventStoreDb } from '../../adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING } from '../../application/ports/event-store.js';
import { type EventFeed } from '../../application/ports/event-feed.js';
import { type Config } from '../config/load-config.js';
import { EngineAway } from './retry-while-engine-away.js';

/** What stands before every name of this shop. A dot is in no name of a shop, so none is the beginning of another's. */
export const namespaceOf = ({ NAMESPACE }: Pick<Config, 'NAMESPACE'>): string =>
  NAMESPACE === '' ? '' : `${NAMESPACE}.`;

type Named = Pick<Config, 'NAMESPACE' | 'NEW_NAMESPACE'>;
type Shops = { readonly named: ReadonlyArray<string>; readonly hasUnnamed: boolean };

/** Whether this shop may begin or go on here: 'new' where it has to be written down first. Left: what to change. */
export const entryOf = (
  { NAMESPACE: name, NEW_NAMESPACE }: Named,
  { named, hasUnnamed }: Shops,
): E.Either<string, 'known' | 'new'> => {
  if (name === '' && named.length === 0) return E.right('known');
  if (name === '')
    return E.left(
      `NAMESPACE: is not set, and the event store holds the shop ${named.join(', ')}: set the one of this shop`,
    );
  if (named.includes(name)) return E.right('known');
  if (hasUnnamed)
    return E.left(
      `NAMESPACE: the event store holds a shop without a namespace, which reads all events: unset ${name}, or use another event store`,
    );
  if (named.length === 0 || NEW_NAMESPACE === name) return E.right('new');
  return E.left(
    `NAMESPACE: the event store holds the shop ${named.join(', ')} and none called ${name}. Correct it; for a new shop beside them set NEW_NAMESPACE=${name} for its first start`,
  );
};

/** Why this shop must not use the event store; null when it may. Rejects with EngineAway. */
export const shopFault = async (
  { shops, addShop }: Pick<EventStoreDb, 'shops' | 'addShop'>,
  config: Named,
): Promise<string | null> => {
  const found = await shops();
  if (E.isLeft(found)) throw new EngineAway('event store');
  const entry = entryOf(config, found.right);
  if (E.isLeft(entry)) return entry.left;
  if (entry.right === 'new' && E.isLeft(await addShop(config.NAMESPACE, randomUUID())))
    throw new EngineAway('event store');
  return null;
};

/** The same for events in a data directory, which belongs to one shop. */
export const enterDataDirectory = async (
  { directory, root }: Pick<DataDirectory, 'directory' | 'root'>,
  feed: Pick<EventFeed, 'head'>,
  { NAMESPACE: name }: Pick<Config, 'NAMESPACE'>,
): Promise<E.Either<string, void>> => {
  const kept = root.openDB<string, string>('namespace', { encoding: 'string' });
  const known = kept.get('shop') ?? '';
  if (known === name) return E.right(undefined);
  const head = await feed.head()();
  if (known !== '' || E.isLeft(head) || head.right > BEGINNING) {
    const [whose, mend] = known === '' ? ['without a namespace', 'unset it'] : [known, `set it to ${known}`];
    return E.left(
      `NAMESPACE: the data in DATA_DIR (${directory}) are of the shop ${whose}: ${mend}, or name another DATA_DIR`,
    );
  }
  await kept.put('shop', name);
  return E.right(undefined);
};
