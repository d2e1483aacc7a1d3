import { either as E } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { awaitCheckpoint } from '../../kernel/projection/await-checkpoint.js';
import { happenedTo, type HappenedPorts } from './happened-to.js';
import { timelinesView } from './timelines.js';
import { EVERYONE, type MissedNotices, type Notice } from '../../notices/notice.js';
import { toNotice } from '../../notices/to-notice.js';
import { type Ports } from '../../ports/ports.js';

export type MissedNoticesPorts = HappenedPorts & Pick<Ports, 'clock'>;

/** A view follows within milliseconds; after this the caller should try again later. */
const WAIT_MS = 2_000;
/** The most notices a client gets after it reconnects; one that missed more must query the current state. */
const MOST_MISSED = 100;

/**
 * Everything a user was told in between, in order: exactly, from the timelines of the user and of everyone, which are of
 * one view, so that both are read as of one position. 'TooMuch': more happened than is told one by one.
 */
export const missedNotices = (ports: MissedNoticesPorts): MissedNotices => {
  const happened = happenedTo(ports);
  const upTo = awaitCheckpoint(ports);
  return (missed) => async () => {
    const { userId, since, until } = missed;
    const caughtUp = await upTo({ view: timelinesView, position: until, waitMs: WAIT_MS })();
    if (E.isLeft(caughtUp) || !caughtUp.right) return E.left('NoticesUnavailable');
    const notices = new Map<Position, Notice>();
    for (const each of [userId, EVERYONE]) {
      const found = await happened({ userId: each, from: since + 1, to: until, limit: MOST_MISSED })();
      if (E.isLeft(found)) return E.left('NoticesUnavailable');
      if (found.right.next !== null) return E.right('TooMuch');
      for (const happening of found.right.happenings) {
        const notice = toNotice(happening);
        if (notice !== null) notices.set(notice.position, notice);
      }
    }
    return E.right([...notices.values()].sort((one, other) => one.position - other.position));
  };
};
