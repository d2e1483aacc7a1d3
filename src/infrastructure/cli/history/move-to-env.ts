import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { either as E, option as O } from 'fp-ts';
import { type PartitionStart } from '../../../adapters/embedded/message-log/index.js';
import { consumerGroups } from '../../../application/kernel/messaging/consumer-groups.js';
import { copyHistory, type CopyHistory } from '../../../application/operating/history/copy-history.js';
import { BEGINNING, type RecordedEvent } from '../../../application/ports/event-store.js';
import { type LoggedMessage } from '../../../application/ports/message-log.js';
import { type Config, loadConfig } from '../../config/load-config.js';
import { keyWrapFault } from '../../engines/key-wrap.js';
import { allProjections } from '../../processes/projection-runner.js';
import { processCheckpoints } from '../../processes/process-checkpoints.js';
import { systemClock } from '../../system/system-clock.js';
import { CallFailed } from '../failures.js';
import { progressOn } from '../progress.js';
import { type Terminal } from '../terminal.js';
import { configured, orUnavailable } from './engines.js';
import { enterEngines, type EnteredEngines } from './entered-engines.js';
import { type LeavingShop, openLeavingShop } from './leaving-shop.js';

/** The longest a shop is closed: then it takes requests again by itself, whatever became of the move. */
const CLOSED_MS = 30_000;
/** Few enough that they are copied in a moment while the shop is closed. */
const NEARLY_THERE = 2_000;
/** As long as what was accepted may take to be decided; what is not by then comes along undecided. */
const DECIDED_WITHIN_MS = 10_000;
/** Appends under way at once where the events are embedded: one fsync serves many, and their order is kept. */
const IN_FLIGHT_EMBEDDED = 1_000;
const PAGE = 1_000;

const targetOf = (file: string, here: Config): Config => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CallFailed(`${file} cannot be read`, 'NO_FILE');
  }
  const config = loadConfig({ ...parseEnv(text) });
  if (E.isLeft(config)) throw new CallFailed(`${file}: ${config.left.join('\n')}`);
  const isSame = (name: 'EVENTSTORE_URL' | 'DATA_DIR'): boolean => config.right[name] === here[name];
  if (isSame('EVENTSTORE_URL') && (here.EVENTSTORE_URL !== undefined || isSame('DATA_DIR')))
    throw new CallFailed(`${file} names the event store that the shop has already: there is nothing to move`);
  return config.right;
};

const nameOf = ({ EVENTSTORE_URL, DATA_DIR }: Config): string =>
  EVENTSTORE_URL === undefined ? DATA_DIR : `the event store at ${new URL(EVENTSTORE_URL).host}`;

const TOPICS = [...new Set(consumerGroups.map(({ topic }) => topic))];

interface Unanswered {
  readonly starts: ReadonlyArray<PartitionStart>;
  readonly messages: ReadonlyArray<LoggedMessage>;
}

/** What the log holds that no group has answered, and where each partition ends. */
const unansweredIn = async (log: LeavingShop['log']): Promise<Unanswered> => {
  const starts: PartitionStart[] = [];
  const messages: LoggedMessage[] = [];
  for (const topic of TOPICS)
    for (const { group } of consumerGroups.filter((each) => each.topic === topic))
      for (const { partition, head, committed } of orUnavailable(await log.lag(topic, group)())) {
        starts.push({ topic, partition, offset: head });
        for (let offset = committed; offset < head;) {
          const page = orUnavailable(await log.read({ topic, partition, offset }, PAGE)());
          const last = page.at(-1);
          if (last === undefined) break;
          messages.push(...page);
          offset = last.offset + 1;
        }
      }
  return { starts, messages };
};

const waitUntilDecided = async (shop: LeavingShop): Promise<void> => {
  const until = performance.now() + DECIDED_WITHIN_MS;
  while (performance.now() < until && (await unansweredIn(shop.log)).messages.length > 0) await sleep(100);
};

/** The keys of personal data go with the events that were sealed by them, as they are: wrapped. */
const keysAlong = (shop: LeavingShop, { engines }: EnteredEngines) => {
  let due = new Map<string, 'copy' | 'destroy'>();
  const note = ({ event }: RecordedEvent): void => {
    if (!('userId' in event) || typeof event.userId !== 'string') return;
    if (event.type === 'PersonalDataErased') due.set(event.userId, 'destroy');
    else if (!due.has(event.userId)) due.set(event.userId, 'copy');
  };
  const known = new Set<string>();
  const carry = async (): Promise<void> => {
    const { dataKeys } = engines().events;
    for (const [userId, what] of due) {
      if (what === 'destroy') orUnavailable(await dataKeys.destroy(userId)());
      // Found again after an erasing: a new key of the same user.
      if (what === 'copy' && known.has(userId)) continue;
      const key = orUnavailable(await shop.dataKeys.find(userId)());
      if (O.isNone(key)) continue;
      orUnavailable(await dataKeys.offer(userId, key.value)());
      known.add(userId);
    }
    due = new Map();
  };
  return { note, carry };
};

const publishAgain = async ({ engines }: EnteredEngines, messages: ReadonlyArray<LoggedMessage>): Promise<void> => {
  for (const { topic, key, value, headers } of messages) {
    const published = await engines().log.messageLog.publish(topic, { key, value, headers })();
    if (E.isLeft(published))
      throw new CallFailed(
        'A request that was accepted could not be published to the log moved to; the old shop stays closed: see docs/operating.md',
        'UNAVAILABLE',
      );
  }
};

/** Processes go on where they were instead of acting on the whole history again. */
const carryCheckpoints = async (
  shop: LeavingShop,
  { engines }: EnteredEngines,
  { positionThere }: CopyHistory,
): Promise<void> => {
  const { readModels } = engines().state;
  for (const build of processCheckpoints) {
    const to = positionThere(await shop.checkpoint(build));
    if (to === BEGINNING) continue;
    orUnavailable(await readModels.builds(build.view)());
    const from = orUnavailable(await readModels.checkpoint(build)());
    if (from !== to) orUnavailable(await readModels.write(build, [], { from, to })());
  }
};

interface Moved {
  readonly events: number;
  readonly head: string;
  readonly unanswered: number;
  readonly closedMs: number;
}

const headOf = async ({ feed }: LeavingShop): Promise<number> => orUnavailable(await feed.head()());

const move = async (
  shop: LeavingShop,
  entered: EnteredEngines,
  { to, sharesLog }: { readonly to: Config; readonly sharesLog: boolean },
  onProgress: (line: unknown) => void,
): Promise<Moved> => {
  if (!sharesLog) await entered.beginLogAt((await unansweredIn(shop.log)).starts);
  const keys = keysAlong(shop, entered);
  let done = 0;
  let head = await headOf(shop);
  const { eventStore, feed } = entered.engines().events;
  const copy = copyHistory({
    from: shop.feed,
    to: { eventStore, feed },
    inFlight: to.EVENTSTORE_URL === undefined ? IN_FLIGHT_EMBEDDED : 1,
    onEvent: keys.note,
    onCopied: (events) => (done = events) % PAGE === 0 && onProgress({ done: events, total: Math.max(events, head) }),
  });
  const catchUp = async (): Promise<void> => {
    head = await headOf(shop);
    await copy.copyUntil(head);
    await keys.carry();
    await copy.readBack();
  };

  done = await copy.resume();
  // One more than there was a round before means that it sells faster than it is copied: then closing it is all there is left.
  for (let behind = Infinity; ;) {
    const before = done;
    await catchUp();
    const copied = done - before;
    if (copied < NEARLY_THERE || copied >= behind) break;
    behind = copied;
  }

  const closed = performance.now();
  await shop.close(systemClock.now() + CLOSED_MS);
  try {
    await waitUntilDecided(shop);
    await catchUp();
    if (!(await shop.depart(nameOf(to), new Date(systemClock.now()))))
      throw new CallFailed('The shop took requests again before everything was copied: run this again', 'NOT_MOVED');
  } catch (error) {
    await shop.reopen();
    throw error;
  }
  await catchUp();
  const { events, head: chain } = await copy.readBack();
  const { starts, messages } = await unansweredIn(shop.log);
  if (!sharesLog) {
    await entered.beginLogAt(starts);
    await publishAgain(entered, messages);
  }
  await carryCheckpoints(shop, entered, copy);
  return { events, head: chain, unanswered: messages.length, closedMs: Math.round(performance.now() - closed) };
};

const mustSuit = async (
  shop: LeavingShop,
  { engines }: EnteredEngines,
  { to, sharesLog }: { readonly to: Config; readonly sharesLog: boolean },
): Promise<void> => {
  const fault = (await keyWrapFault(shop.dataKeys, to)) ?? (await keyWrapFault(engines().events.dataKeys, to));
  if (fault !== null) throw new CallFailed(fault);
  if (shop.hasDeparted()) return;
  for (const { name } of allProjections)
    if (orUnavailable(await engines().state.readModels.builds(name)()).all.length > 0)
      throw new CallFailed('Where it is to move there are views of a shop already: empty that Redis', 'NOT_EMPTY');
  if (!sharesLog && (await unansweredIn(engines().log.messageLog)).messages.length > 0)
    throw new CallFailed('Where it is to move there are messages in the log already: empty its topics', 'NOT_EMPTY');
};

/**
 * Moves a shop, embedded and running or on engines and stopped, to the engines that a file of environment variables names.
 * Repeated after a failure it goes on where it was. Rejects with CallFailed.
 */
export const moveToEnv = async (file: string, terminal: Terminal): Promise<'done'> => {
  const here = configured();
  const to = targetOf(file, here);
  const shop = await openLeavingShop(here);
  try {
    const entered = await enterEngines(to);
    try {
      const target = { to, sharesLog: String(to.KAFKA_BROKERS ?? '') === String(here.KAFKA_BROKERS ?? ' ') };
      await mustSuit(shop, entered, target);
      const moved = await progressOn(terminal, 'Copying', (onProgress) => move(shop, entered, target, onProgress));
      terminal.print({ to: nameOf(to), ...moved }, () =>
        [
          `Moved ${moved.events} events to ${nameOf(to)}; requests were refused for ${(moved.closedMs / 1_000).toFixed(1)} s`,
          `  head ${moved.head}, the same on both sides`,
          `  ${moved.unanswered} unanswered requests came along`,
          `Stop the old server, which refuses requests from now on, and start the new ones with ${file}`,
        ].join('\n'),
      );
      return 'done';
    } finally {
      await entered.close();
    }
  } finally {
    await shop.release();
  }
};

/** Lets a shop that was moved away sell from its data directory again. */
export const undoMove = async (terminal: Terminal): Promise<'done'> => {
  const { DATA_DIR } = configured();
  const shop = await openLeavingShop(configured());
  try {
    await shop.comeBack();
  } finally {
    await shop.release();
  }
  terminal.print({ dataDirectory: DATA_DIR }, () => `${DATA_DIR} sells again: never run both`);
  return 'done';
};
