import { either as E } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type Position } from '../../ports/event-store.js';
import { type ReadModels } from '../../ports/read-models.js';
import { awaitCheckpoint } from '../../kernel/projection/await-checkpoint.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { timelinesView } from './timelines.js';
import { EVERYONE, type MissedNotices, type Notice } from '../../notices/notice.js';
import { toNotice } from '../../notices/to-notice.js';

export interface MissedNoticesPorts {
  readonly readModels: ReadModels;
  readonly clock: Clock;
}

/** A view follows within milliseconds; after this the caller should try again later. */
const WAIT_MS = 2_000;
/** The most notices a client gets after it reconnects; one that missed more must query the current state. */
const MOST_MISSED = 100;

/**
 * Everything a user was told in between, in order: exactly, from the timelines of the user and of everyone, which are of
 * one view, so that both are read as of one position. 'TooMuch': more happened than is told one by one.
 */
export const missedNotices = (ports: MissedNoticesPorts): MissedNotices => {
  const reader = liveReader(ports.readModels);
  const upTo = awaitCheckpoint(ports);
  return (missed) => async () => {
    const { userId, since, until } = missed;
    const caughtUp = await upTo({ view: timelinesView, position: until, waitMs: WAIT_MS })();
    if (E.isLeft(caughtUp) || !caughtUp.right) return E.left('NoticesUnavailable');
    const notices = new Map<Position, Notice>();
    for (const key of [userId, EVERYONE]) {
      const range = { index: 'by-user', key, from: since + 1, to: until, limit: MOST_MISSED };
      const found = await reader.query(timelinesView, range)();
      if (E.isLeft(found)) return E.left('NoticesUnavailable');
      if (found.right.nextCursor !== null) return E.right('TooMuch');
      for (const { happenings } of found.right.items)
        for (const happening of happenings) {
          const notice = happening.position > since && happening.position <= until ? toNotice(happening) : null;
          if (notice !== null) notices.set(notice.position, notice);
        }
    }
    return E.right([...notices.values()].sort((one, other) => one.position - other.position));
  };
};
