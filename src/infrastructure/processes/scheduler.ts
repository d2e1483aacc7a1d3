import { either as E, option as O } from 'fp-ts';
import { endOverdueHolds } from '../../application/checkout/drive/end-overdue-holds.js';
import { finalAnswerIn, releaseLeaked } from '../../application/coupon/release-leaked.js';
import { liveReader } from '../../application/kernel/projection/live-reader.js';
import { allEvents } from '../../application/operating/all-events.js';
import { requestsSetAside } from '../../application/operating/dead-letters/requests-set-aside.js';
import { forgetAnswersDaily } from '../../application/operating/forget-answers.js';
import { releaseParked, releaseReadable } from '../../application/operating/release-readable.js';
import { openDueEvents } from '../../application/shop-event/open-due-events.js';
import { DAY_MS } from '../config/environment.js';
import { type Bound } from '../container/bound-in.js';
import { every, type Start } from './every.js';
import { lead } from './lead.js';

const LEAKS_EVERY_MS = 5_000;
const SWEEP_EVERY_MS = 60_000;
const EVENTS_EVERY_MS = 60_000;
const HOLDS_EVERY_MS = 5_000;
const PARKED_EVERY_MS = 60_000;
/** Whether it is time to drop old answers. */
const ANSWERS_EVERY_MS = 3_600_000;

/** Reads again what an older version parked, where it can be read now. */
const readAgain = (bound: Bound, signal: AbortSignal): (() => Promise<void>) => {
  const { eventStore, feed, snapshots, messageLog, parkedStreams, leases, clock, ids, readModels, logger: log } = bound;
  const loading = { eventStore, snapshots, logger: log };
  const ports = { ...loading, feed, messageLog, parkedStreams, leases, clock, ids, readModels, log };
  const release = releaseParked(ports, signal);
  const releaseAll = releaseReadable({ ...ports, faultOf: allEvents.faultOf, release });
  return async () => {
    const released = await releaseAll(signal)();
    if (E.isLeft(released))
      log.debug({ error: released.left }, 'parked streams could not be looked through; tried again');
    else if (released.right > 0)
      log.info({ streams: released.right }, 'streams parked by an older version are read again');
  };
};

/**
 * Work at intervals, by one process at a time: settle leaked reservations, drop expired data, read again what was parked, and
 * two safety nets behind the deadlines: open events that should be open and are not, end holds that outlast their orders.
 */
export const startScheduler: Start = async (bound) => {
  const { engines, eventStore, feed, snapshots, messageLog, readModels, clock, gate, orders, config, logger } = bound;
  const log = logger;
  const reader = liveReader(readModels);
  const setAside = requestsSetAside({ eventStore, feed, snapshots, logger, messageLog, readModels, clock });
  const sweepLeaks = releaseLeaked({ gate, log: messageLog, clock, finalAnswer: finalAnswerIn(reader), setAside });
  const sweepEvents = openDueEvents({ readModels, clock, openEvent: bound.openEvent, logger });
  const endHolds = endOverdueHolds({ reader, drive: orders.drive, clock, log });
  const keptMs = config.ARCHIVE_AFTER_DAYS * DAY_MS;
  const forgetDaily = forgetAnswersDaily({ readModels, clock, keptMs });
  const failed = (error: unknown): void => log.warn({ err: error }, 'a scheduled task failed; it is tried again');
  const begin = async () => {
    const leaks = async (): Promise<void> => {
      const found = await sweepLeaks();
      if (E.isRight(found) && found.right > 0) log.warn({ reservations: found.right }, 'settling leaked reservations');
    };
    const sweep = async (): Promise<void> => {
      for (const engine of [engines.events, engines.log, engines.state]) await engine.sweep?.().catch(failed);
    };
    const open = async (): Promise<void> => {
      const opened = await sweepEvents();
      if (E.isLeft(opened))
        log.warn({ error: opened.left }, 'events that are due could not all be opened; tried again');
      else if (opened.right > 0) log.warn({ events: opened.right }, 'events were opened whose deadline was lost');
    };
    const holds = async (): Promise<void> => {
      const looked = await endHolds()();
      if (E.isLeft(looked))
        log.warn({ error: looked.left }, 'holds that are overdue could not be looked up; tried again');
    };
    const stopping = new AbortController();
    const answers = async (): Promise<void> => {
      const dropped = await forgetDaily(stopping.signal)();
      if (E.isLeft(dropped)) log.debug({ error: dropped.left }, 'old answers could not be dropped; tried again later');
      else if (O.isSome(dropped.right) && dropped.right.value > 0)
        log.info({ answers: dropped.right.value }, 'dropped the answers to old requests');
    };
    const tasks = [
      every(clock, LEAKS_EVERY_MS, leaks, failed),
      every(clock, SWEEP_EVERY_MS, sweep, failed),
      every(clock, EVENTS_EVERY_MS, open, failed),
      every(clock, HOLDS_EVERY_MS, holds, failed),
      every(clock, PARKED_EVERY_MS, readAgain(bound, stopping.signal), failed),
      every(clock, ANSWERS_EVERY_MS, answers, failed),
    ];
    const stop = async (): Promise<void> => {
      stopping.abort();
      await Promise.all(tasks.map((task) => task.stop()));
    };
    return { stop };
  };
  return lead(bound, { name: 'scheduler', begin });
};
