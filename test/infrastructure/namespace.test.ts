import { either as E } from 'fp-ts';
import { openDataDirectory } from '../../src/adapters/embedded/environment/index.js';
import { openEventStoreDb } from '../../src/adapters/eventstoredb/open-event-store-db.js';
import { type EventFeed } from '../../src/application/ports/event-feed.js';
import { storedEvents } from '../../src/infrastructure/cli/history/engines.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { enterDataDirectory, entryOf, namespaceOf, shopFault } from '../../src/infrastructure/engines/namespace.js';
import { answerOf, rightOf } from '../support/answer-of.js';
import { openStandIn } from '../support/eventstoredb-stand-in/open-stand-in.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const shop = (NAMESPACE: string, NEW_NAMESPACE?: string) => ({ NAMESPACE, NEW_NAMESPACE });
const refused = (text: string) => E.left(expect.stringContaining(text));

test('a namespace stands with a dot before a name, and none changes nothing', () => {
  expect([namespaceOf(shop('shop-b')), namespaceOf(shop(''))]).toEqual(['shop-b.', '']);
  expect(loadConfig({ NAMESPACE: 'a.b' })).toEqual(E.left([expect.stringContaining('NAMESPACE')]));
});

test.each([
  ['the first shop without a namespace', shop(''), [], false, E.right('known')],
  ['a shop without one, again', shop(''), [], true, E.right('known')],
  ['the first shop with one', shop('a'), [], false, E.right('new')],
  ['a shop that is known', shop('a'), ['b', 'a'], false, E.right('known')],
  ['a shop whose variable was lost', shop(''), ['a'], false, refused('set the one of this shop')],
  ['a shop whose variable was changed', shop('c'), ['a', 'b'], false, refused('a, b and none called c')],
  ['a further shop that says so', shop('c', 'c'), ['a', 'b'], false, E.right('new')],
  [
    'a shop that is renamed where another was let in before',
    shop('d', 'c'),
    ['a', 'c'],
    false,
    refused('none called d'),
  ],
  ['a shop beside one that reads all events', shop('a', 'a'), [], true, refused('without a namespace')],
])('%s', (_what, config, named, hasUnnamed, entry) => {
  expect(entryOf(config, { named, hasUnnamed })).toEqual(entry);
});

test('the shops of an EventStoreDB are written down in it, and another one is let in only on purpose', async () => {
  const server = await openStandIn(newDir());
  const start = async (variables: Record<string, string>) => {
    const config = rightOf(loadConfig(variables));
    const options = { connectionString: server.connectionString, namespace: namespaceOf(config) };
    const opened = openEventStoreDb(options);
    const fault = await shopFault(opened, config);
    await opened.close();
    return fault;
  };
  expect(await start({})).toBeNull();
  expect(await start({ NAMESPACE: 'a' })).toBeNull();
  expect(await start({ NAMESPACE: 'a' })).toBeNull();
  expect(await start({})).toContain('NAMESPACE');
  expect(await start({ NAMESPACE: 'b' })).toContain('NEW_NAMESPACE=b');
  expect(await start({ NAMESPACE: 'b', NEW_NAMESPACE: 'b' })).toBeNull();
  expect(await start({ NAMESPACE: 'b' })).toBeNull();
  await server.stop();
});

test('a command that only reads lets no shop in: its NAMESPACE may be misspelt', async () => {
  const server = await openStandIn(newDir());
  const config = rightOf(loadConfig({ EVENTSTORE_URL: server.connectionString, NAMESPACE: 'typo' }));
  await (await storedEvents(config)).close();
  const { shops, close } = openEventStoreDb({ connectionString: server.connectionString });
  expect(await shops()).toEqual(E.right({ named: [], hasUnnamed: false }));
  await close();
  await server.stop();
});

test('a data directory belongs to the shop that began it', async () => {
  const opened = await answerOf(openDataDirectory(newDir()));
  const feed = (head: number): Pick<EventFeed, 'head'> => ({ head: () => async () => E.right(head) });
  const enter = (NAMESPACE: string, head = -1) => enterDataDirectory(opened, feed(head), { NAMESPACE });
  expect(await enter('')).toEqual(E.right(undefined));
  expect(await enter('a', 7)).toEqual(refused('without a namespace'));
  expect(await enter('a')).toEqual(E.right(undefined));
  expect(await enter('a', 7)).toEqual(E.right(undefined));
  expect(await enter('', 7)).toEqual(refused('set it to a'));
  expect(await enter('b', 7)).toEqual(refused('of the shop a'));
  await opened.close();
});
