import fc from 'fast-check';
import { boardFeed, mergePatch } from '../../../../src/adapters/http/sse/board-feed.js';
import { eventually } from '../../../support/eventually.js';
import { board, springOnBoard } from '../fake-use-cases.js';

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As RFC 7396 has it. */
const applied = (target: unknown, patch: unknown): unknown => {
  if (!isFields(patch)) return patch;
  const result: Fields = isFields(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete result[key];
    else result[key] = applied(result[key], value);
  return result;
};

const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer()));
const key = fc.constantFrom('a', 'b', 'c');
const { tree } = fc.letrec<{ tree: Fields; value: unknown }>((tie) => ({
  tree: fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('tree')),
}));

/** Events as they are sent, taken apart. */
const parsed = (sent: string) =>
  [...sent.matchAll(/id: (.*)\nevent: (.*)\ndata: (.*)\n\n/g)].map(([, id = '', event, data = '']) => ({
    id,
    event,
    data: JSON.parse(data),
  }));

describe('a merge patch', () => {
  test('makes one board into the next, and is null when nothing changed', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const patch = mergePatch(before, after);
        expect(applied(before, patch ?? {})).toStrictEqual(after);
        expect(mergePatch(after, after)).toBeNull();
      }),
    );
  });
});

describe('the feed of the board', () => {
  const issuing = () => {
    let issued = 0;
    const look = { times: 0 };
    const read = async () => {
      look.times += 1;
      issued += 1;
      return { ...board, coupons: { spring: { ...springOnBoard, issued } } };
    };
    return { read, look };
  };
  const ignored = (): void => undefined;
  const listen = () => {
    let sent = '';
    return {
      listener: {
        begin: (first: string) => void (sent += first),
        hear: (frame: Buffer) => void (sent += frame.toString()),
      },
      events: () => parsed(sent),
    };
  };

  test('tells the whole board once, then what changed, however many listen, by one look for all of them', async () => {
    const { read, look } = issuing();
    const feed = boardFeed(read, () => 'epoch', ignored);
    const [first, second] = [listen(), listen()];
    const leave = [await feed.join(undefined, first.listener), await feed.join(undefined, second.listener)];
    await eventually(() => expect(first.events().length).toBeGreaterThanOrEqual(3));
    leave.forEach((go) => go());
    expect(first.events()[0]).toMatchObject({
      event: 'snapshot',
      data: { board: { coupons: { spring: { issued: 1 } } } },
    });
    expect(first.events()[1]).toMatchObject({ event: 'delta', data: { coupons: { spring: { issued: 2 } } } });
    expect(look.times).toBeLessThanOrEqual(first.events().length + 1);
    expect(second.events().at(-1)).toStrictEqual(first.events().at(-1));
  });

  test('resumes after the last id that was seen, without the snapshot; begins anew after any other id', async () => {
    const feed = boardFeed(issuing().read, () => 'epoch', ignored);
    const before = listen();
    const leave = await feed.join(undefined, before.listener);
    await eventually(() => expect(before.events().length).toBeGreaterThanOrEqual(3));
    leave();
    const [snapshot] = before.events();
    const resumed = listen();
    (await feed.join(snapshot?.id, resumed.listener))();
    expect(resumed.events().slice(0, 2)).toStrictEqual(before.events().slice(1, 3));
    for (const strange of ['other-1', 'epoch-999999', 'epoch-', '7']) {
      const anew = listen();
      (await feed.join(strange, anew.listener))();
      expect(anew.events().map(({ event }) => event)).toStrictEqual(['snapshot']);
    }
  });

  test('goes on after a look that failed, and says that it did', async () => {
    const { read } = issuing();
    const failures: unknown[] = [];
    let looks = 0;
    const limping = () => ((looks += 1) === 2 ? Promise.reject(new Error('away')) : read());
    const feed = boardFeed(
      limping,
      () => 'epoch',
      (reason) => void failures.push(reason),
    );
    const client = listen();
    const leave = await feed.join(undefined, client.listener);
    await eventually(() => expect(client.events().length).toBeGreaterThanOrEqual(2));
    leave();
    expect(failures).toStrictEqual([new Error('away')]);
  });
});
