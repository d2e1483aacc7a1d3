import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { either as E, taskEither as TE } from 'fp-ts';
import { openMessageLog } from '../../src/adapters/embedded/message-log/open-message-log.js';
import { FILLER } from '../../src/application/ports/message-log.js';
import { couponRequestMessage } from '../../src/application/coupon/coupon-request-message.js';
import { COUPON_ISSUE_REQUESTS, topics } from '../../src/application/kernel/messaging/topics.js';
import { enterEngines, type EnteredEngines } from '../../src/infrastructure/cli/history/entered-engines.js';
import { type LeavingShop, openLeavingShop } from '../../src/infrastructure/cli/history/leaving-shop.js';
import { moveShop, type Moved } from '../../src/infrastructure/cli/history/move-shop.js';
import { holdsMessages, unansweredIn } from '../../src/infrastructure/cli/history/unanswered.js';
import { type Config, loadConfig } from '../../src/infrastructure/config/load-config.js';
import { type Engines } from '../../src/infrastructure/engines/engines.js';
import { answerOf } from '../support/answer-of.js';
import { openedDirectory } from '../support/embedded.js';
import { eventually } from '../support/eventually.js';
import { InMemoryMessageLog } from '../support/in-memory/message-log.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const ISSUED = ['ana', 'ben', 'cem'];
const UNANSWERED = ['dan', 'eve', 'fay', 'gil'];

const configOf = (directory: string): Config => {
  const config = loadConfig({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
  if (E.isLeft(config)) throw new Error(config.left.join());
  return config.right;
};
const requestOf = (userId: string) => ({ userId, requestId: `r-${userId}` });

/** A shop that has sold, and that ended before it had decided everything it had accepted. */
const filled = newDir();
beforeAll(async () => {
  const server = await startInProcess(filled);
  const coupon = { couponId: 'moved', name: 'C', quantity: 100, discount: { kind: 'PERCENT', value: 10 } };
  await eventually(async () => expect((await http(`${server.url}/api/coupons`, coupon)).status).toBeLessThan(300));
  for (const userId of ISSUED)
    expect(await http(`${server.url}/api/coupons/moved/issue`, requestOf(userId))).toMatchObject({ status: 202 });
  await eventually(async () =>
    expect((await http(`${server.url}/api/coupons/moved`)).body).toMatchObject({ issued: ISSUED.length }),
  );
  await server.stop();
  const { root, close } = await openedDirectory(filled);
  const log = openMessageLog(root);
  for (const userId of UNANSWERED) {
    const admission = { couponId: 'moved', ...requestOf(userId), at: Date.now() };
    await answerOf(log.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(admission, { correlationId: 'test' })));
  }
  await log.close();
  await close();
});

/** Where a move is killed: what it does until then is done, and nothing after it, not even cleaning up. */
type Kill = (
  shop: LeavingShop,
  entered: EnteredEngines,
  die: () => Promise<never>,
) => readonly [LeavingShop, EnteredEngines];

const withEngines = (entered: EnteredEngines, change: (engines: Engines) => Engines): EnteredEngines => ({
  ...entered,
  engines: () => change(entered.engines()),
});

const inTheMiddleOfCopying: Kill = (shop, entered, die) => {
  let appended = 0;
  return [
    shop,
    withEngines(entered, (engines) => {
      const { eventStore } = engines.events;
      const append: typeof eventStore.append = (...args) => (++appended > 3 ? die : eventStore.append(...args));
      return { ...engines, events: { ...engines.events, eventStore: { ...eventStore, append } } };
    }),
  ];
};
const onceClosed: Kill = (shop, entered, die) => [{ ...shop, close: (until) => shop.close(until).then(die) }, entered];
const justBeforeItDeparts: Kill = (shop, entered, die) => [{ ...shop, depart: die }, entered];
const onceDeparted: Kill = (shop, entered, die) => [
  { ...shop, depart: (to, at) => shop.depart(to, at).then(die) },
  entered,
];
const onceTheLogBegins: Kill = (shop, entered, die) => {
  let begun = 0;
  const beginLogAt: EnteredEngines['beginLogAt'] = async (starts) => {
    await entered.beginLogAt(starts);
    if (++begun > 1) await die();
  };
  return [shop, { ...entered, beginLogAt }];
};
const betweenTwoUnanswered: Kill = (shop, entered, die) => {
  let published = 0;
  return [
    shop,
    withEngines(entered, (engines) => {
      const { messageLog } = engines.log;
      const publish: typeof messageLog.publish = (...args) => (++published > 2 ? die : messageLog.publish(...args));
      return { ...engines, log: { ...engines.log, messageLog: { ...messageLog, publish } } };
    }),
  ];
};
/** Says that it took a message, and did not. */
const withALogThatForgets: Kill = (shop, entered) => [
  shop,
  withEngines(entered, (engines) => {
    const publish = () => TE.right({ partition: 0, offset: 0 });
    return { ...engines, log: { ...engines.log, messageLog: { ...engines.log.messageLog, publish } } };
  }),
];
const whileCheckpointsAreCarried: Kill = (shop, entered, die) => [
  shop,
  withEngines(entered, (engines) => ({
    ...engines,
    state: { ...engines.state, readModels: { ...engines.state.readModels, write: () => die } },
  })),
];

interface Places {
  readonly from: Config;
  readonly to: Config;
}
const newPlaces = (): Places => {
  const from = join(newDir(), 'data');
  cpSync(filled, from, { recursive: true });
  // Node 22 copies what a directory holds, but not its mode.
  chmodSync(from, 0o700);
  return { from: configOf(from), to: configOf(newDir()) };
};

const move = async ({ from, to }: Places, kill: Kill | null): Promise<Moved | 'Killed'> => {
  const [shop, entered] = [await openLeavingShop(from), await enterEngines(to)];
  let die = (): void => undefined;
  const killed = new Promise<'Killed'>((resolve) => (die = () => resolve('Killed')));
  const dying = (): Promise<never> => {
    die();
    return new Promise<never>(() => undefined);
  };
  const [killedShop, killedEngines] = kill === null ? [shop, entered] : kill(shop, entered, dying);
  const target = { name: to.DATA_DIR, isEmbedded: true, sharesLog: false, decidedWithinMs: 1 };
  try {
    return await Promise.race([moveShop(killedShop, killedEngines, target, () => undefined), killed]);
  } finally {
    // As the end of a process lets go of its locks.
    await entered.close();
    await shop.release();
  }
};

const unansweredAt = async (to: Config): Promise<ReadonlyArray<string>> => {
  const entered = await enterEngines(to);
  const { messages } = await unansweredIn(entered.engines().log.messageLog);
  await entered.close();
  return messages.map(({ headers }) => headers['user-id'] ?? '');
};

/** Everybody has one coupon, whom the old shop gave it and who was moved undecided, and the books are in order. */
const everybodyHasOne = async ({ to }: Places): Promise<void> => {
  const server = await startInProcess(to.DATA_DIR);
  for (const userId of [...ISSUED, ...UNANSWERED])
    await eventually(async () =>
      expect(
        (await http(`${server.url}/api/coupons/issue-status/r-${userId}?couponId=moved&userId=${userId}`)).body,
      ).toMatchObject({ status: 'SUCCESS' }),
    );
  const { issued } = (await http(`${server.url}/api/coupons/moved`)).body;
  expect(issued).toBe(ISSUED.length + UNANSWERED.length);
  expect((await http(`${server.url}/admin/coupons/moved/verify`)).body).toMatchObject({ verdict: 'PASS' });
  await server.stop();
};

let whole: Pick<Moved, 'events' | 'head'>;
beforeAll(async () => {
  const moved = await move(newPlaces(), null);
  if (moved === 'Killed') throw new Error('nobody killed it');
  whole = { events: moved.events, head: moved.head };
});

test.each<readonly [string, Kill]>([
  ['in the middle of copying', inTheMiddleOfCopying],
  ['once the shop is closed', onceClosed],
  ['just before the shop departs', justBeforeItDeparts],
  ['once the shop has departed', onceDeparted],
  ['once the new log begins where the old one ended', onceTheLogBegins],
  ['while checkpoints are carried', whileCheckpointsAreCarried],
])('a move that is killed %s and run again moves everything, once', async (_, kill) => {
  const places = newPlaces();
  expect(await move(places, kill)).toBe('Killed');
  const again = await move(places, null);
  expect(again).toMatchObject({ ...whole, unanswered: UNANSWERED.length });
  expect(new Set(await unansweredAt(places.to))).toEqual(new Set(UNANSWERED));
});

test('requests that were published twice, because the move was killed between them, are decided once', async () => {
  const places = newPlaces();
  expect(await move(places, betweenTwoUnanswered)).toBe('Killed');
  expect(await move(places, null)).toMatchObject({ unanswered: UNANSWERED.length });
  expect((await unansweredAt(places.to)).length).toBeGreaterThan(UNANSWERED.length);
  await everybodyHasOne(places);
});

test('a move tells that a request it published is not in the log it moved to, and run again it moves it', async () => {
  const places = newPlaces();
  await expect(move(places, withALogThatForgets)).rejects.toThrow('could not be published');
  expect(await move(places, null)).toMatchObject({ ...whole, unanswered: UNANSWERED.length });
  expect(new Set(await unansweredAt(places.to))).toEqual(new Set(UNANSWERED));
});

test('a log that holds nothing but what a move filled it with is not in use', async () => {
  const log = new InMemoryMessageLog();
  await answerOf(log.ensureTopics(topics(1)));
  await answerOf(log.publish(COUPON_ISSUE_REQUESTS, { key: FILLER, value: '', headers: {} }));
  expect(await holdsMessages(log)).toBe(false);
  await answerOf(log.publish(COUPON_ISSUE_REQUESTS, { key: 'moved', value: '', headers: {} }));
  expect(await holdsMessages(log)).toBe(true);
});

test('a move that was killed before the shop departed leaves it selling where it was', async () => {
  const places = newPlaces();
  expect(await move(places, inTheMiddleOfCopying)).toBe('Killed');
  await everybodyHasOne({ ...places, to: places.from });
});

test('of two moves at once to one directory, one is refused before it has done anything', async () => {
  const { from, to } = newPlaces();
  const entered = await enterEngines(to);
  await expect(enterEngines(to)).rejects.toThrow('in use');
  await entered.close();
  expect(await move({ from, to }, null)).toMatchObject({ unanswered: UNANSWERED.length });
});

describe('When the disk fails to flush what stands nevertheless, a move', () => {
  const failsToFlush = async (): Promise<never> => {
    throw new Error('The commit failed: EIO');
  };

  test('leaves the shop open that it was about to close', async () => {
    const places = newPlaces();
    const closing: Kill = (shop, entered) => [
      { ...shop, close: (until) => shop.close(until).then(failsToFlush) },
      entered,
    ];
    await expect(move(places, closing)).rejects.toThrow('EIO');
    const { root, close } = await openedDirectory(places.from.DATA_DIR);
    const log = openMessageLog(root);
    await answerOf(log.publish(COUPON_ISSUE_REQUESTS, { key: 'ana', value: '', headers: {} }));
    await log.close();
    await close();
  });

  test('says that the shop may have left, and is finished by another one', async () => {
    const places = newPlaces();
    const departing: Kill = (shop, entered) => [
      { ...shop, depart: (to, at) => shop.depart(to, at).then(failsToFlush) },
      entered,
    ];
    await expect(move(places, departing)).rejects.toThrow('The shop has left and refuses requests: run this again');
    expect(await move(places, null)).toMatchObject({ ...whole, unanswered: UNANSWERED.length });
  });
});
