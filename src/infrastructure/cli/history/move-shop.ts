import { option as O, taskEither as TE } from 'fp-ts';
import { storedWebhooks } from '../../../application/notices/webhooks/stored-webhooks.js';
import { webhookCheckpoints } from '../../../application/notices/webhooks/webhook-position.js';
import { copyHistory, type CopyHistory } from '../../../application/operating/history/copy-history.js';
import { type DataKeys } from '../../../application/ports/data-keys.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../../application/ports/event-store.js';
import { type EventFeed } from '../../../application/ports/event-feed.js';
import { processCheckpoints } from '../../processes/process-checkpoints.js';
import { systemClock } from '../../system/system-clock.js';
import { CallFailed } from '../failures.js';
import { answerOf, patiently } from './answer-of.js';
import { type EnteredEngines } from './entered-engines.js';
import { type LeavingShop } from './leaving-shop.js';
import { publishAgain, unansweredIn, waitUntilDecided } from './unanswered.js';

/** The keys of personal data go with the events that were sealed by them, as they are: wrapped. */
const keysAlong = (from: DataKeys, to: DataKeys) => {
  let due = new Map<string, 'copy' | 'destroy'>();
  const note = ({ event }: RecordedEvent): void => {
    if (!('userId' in event) || typeof event.userId !== 'string') return;
    if (event.type === 'PersonalDataErased') due.set(event.userId, 'destroy');
    else if (!due.has(event.userId)) due.set(event.userId, 'copy');
  };
  const known = new Set<string>();
  const carry = async (): Promise<void> => {
    for (const [userId, what] of due) {
      if (what === 'destroy') await answerOf('store of the keys', to.destroy(userId));
      // The user was erased and has a new key.
      if (what === 'copy' && known.has(userId)) continue;
      const key = await answerOf('store of the keys', from.find(userId));
      if (O.isNone(key)) continue;
      await answerOf('store of the keys', to.offer(userId, key.value));
      known.add(userId);
    }
    due = new Map();
  };
  return { note, carry };
};

/** The longest a shop is closed: after this it takes requests again by itself, even if the move is still running. */
const CLOSED_MS = 30_000;
/** Few enough that they are copied in a moment while the shop is closed. */
const NEARLY_THERE = 2_000;
/** Appends under way at once where the events are embedded: one fsync serves many, and their order is kept. */
const IN_FLIGHT_EMBEDDED = 1_000;
const TOLD_EVERY = 1_000;

export interface Target {
  /** For an operator. */
  readonly name: string;
  readonly isEmbedded: boolean;
  /** It keeps its message log. */
  readonly sharesLog: boolean;
  /** How long accepted requests may take to be decided while the shop is closed. Milliseconds; default ten seconds. */
  readonly decidedWithinMs?: number;
}

/** Lets processes continue where they were, instead of acting on the whole history again. */
const carryCheckpoints = async (
  shop: LeavingShop,
  { engines }: EnteredEngines,
  { positionThere }: CopyHistory,
): Promise<void> => {
  const { events, state } = engines();
  const { readModels } = state;
  const webhooks = await answerOf('event store', storedWebhooks(events.feed));
  for (const build of [...processCheckpoints, ...webhooks.flatMap(webhookCheckpoints)]) {
    const to = positionThere(await shop.checkpoint(build));
    if (to === BEGINNING) continue;
    await answerOf('store of the views', readModels.builds(build.view));
    const carry = TE.chainW((from: Position) =>
      from === to ? TE.right(undefined) : readModels.write(build, [], { from, to }),
    )(readModels.checkpoint(build));
    await answerOf('store of the views', carry);
  }
};

export interface Moved {
  readonly events: number;
  readonly head: string;
  readonly unanswered: number;
  readonly closedMs: number;
}

const depart = (shop: LeavingShop, name: string): Promise<boolean> =>
  shop.depart(name, new Date(systemClock.now())).catch((error: unknown) => {
    if (shop.departedTo() === null) throw error;
    // It stands, although the disk failed to flush it.
    const why = error instanceof Error ? error.message : String(error);
    throw new CallFailed(`The shop has left and refuses requests: run this again to finish. ${why}`, 'NOT_MOVED');
  });

const headOf = ({ feed }: LeavingShop): Promise<number> => answerOf('event store', feed.head());
const patientFeed = ({ read }: Pick<EventFeed, 'read'>): Pick<EventFeed, 'read'> => ({
  read: (after, options) => patiently(read(after, options)),
});

/** Copies a shop while it sells, closes it for a moment, and leaves it for good. Rejects with CallFailed, ImportFailed, TargetDiffers, TargetAhead, HistoryUnavailable. */
export const moveShop = async (
  shop: LeavingShop,
  entered: EnteredEngines,
  { name, isEmbedded, sharesLog, decidedWithinMs }: Target,
  onProgress: (line: unknown) => void,
): Promise<Moved> => {
  if (!sharesLog) await entered.beginLogAt((await unansweredIn(shop.log)).starts);
  const keys = keysAlong(shop.dataKeys, entered.engines().events.dataKeys);
  let done = 0;
  let head = await headOf(shop);
  const { eventStore, feed } = entered.engines().events;
  const copy = copyHistory({
    from: patientFeed(shop.feed),
    to: { eventStore, feed: patientFeed(feed) },
    inFlight: isEmbedded ? IN_FLIGHT_EMBEDDED : 1,
    onEvent: keys.note,
    onCopied: (events) =>
      (done = events) % TOLD_EVERY === 0 && onProgress({ done: events, total: Math.max(events, head) }),
  });
  const catchUp = async (): Promise<void> => {
    head = await headOf(shop);
    await copy.copyUntil(head);
    await keys.carry();
    await copy.readBack();
  };

  done = await copy.resume();
  // More left than after the round before means that it sells faster than it is copied: then only closing it helps.
  for (let behind = Infinity; ;) {
    const before = done;
    await catchUp();
    const copied = done - before;
    if (copied < NEARLY_THERE || copied >= behind) break;
    behind = copied;
  }

  const closed = performance.now();
  try {
    await shop.close(systemClock.now() + CLOSED_MS);
    await waitUntilDecided(shop.log, decidedWithinMs);
    await catchUp();
    if (!(await depart(shop, name)))
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
    await publishAgain(entered.engines().log.messageLog, messages);
  }
  await carryCheckpoints(shop, entered, copy);
  return { events, head: chain, unanswered: messages.length, closedMs: Math.round(performance.now() - closed) };
};
