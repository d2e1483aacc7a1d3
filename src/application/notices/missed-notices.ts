import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Position } from '../ports/event-store.js';
import { type ReadModels } from '../ports/read-models.js';
import { awaitCheckpoint } from '../projecting/await-checkpoint.js';
import { liveReader } from '../projecting/live-reader.js';
import { EVERYONE, type Notice } from './notice.js';
import { type Inbox, noticesView } from './views/notices.js';

export interface MissedNoticesPorts {
  readonly readModels: ReadModels;
  readonly clock: Clock;
}

export interface Missed {
  readonly userId: string;
  /** After this position … */
  readonly since: Position;
  /** … up to this one. */
  readonly until: Position;
}

/** A view follows within milliseconds; who has to wait longer is better told to come again. */
const WAIT_MS = 2_000;

const between = (inbox: Inbox, to: string, { since, until }: Missed): ReadonlyArray<Notice> =>
  inbox.notices.flatMap((notice) => (notice.position > since && notice.position <= until ? [{ ...notice, to }] : []));

/** Everything a user was told in between, in order: exactly. 'Forgotten' when some of it is no longer kept. */
export const missedNotices = (ports: MissedNoticesPorts) => {
  const reader = liveReader(ports.readModels);
  const upTo = awaitCheckpoint(ports);
  return (missed: Missed): TE.TaskEither<'NoticesUnavailable', ReadonlyArray<Notice> | 'Forgotten'> =>
    async () => {
      const caughtUp = await upTo({ view: noticesView, position: missed.until, waitMs: WAIT_MS })();
      if (E.isLeft(caughtUp) || !caughtUp.right) return E.left('NoticesUnavailable');
      const found = await reader.getMany(noticesView, [missed.userId, EVERYONE])();
      if (E.isLeft(found)) return E.left('NoticesUnavailable');
      const notices: Notice[] = [];
      for (const [index, inbox] of found.right.entries()) {
        if (O.isNone(inbox)) continue;
        if (inbox.value.forgottenUpTo > missed.since) return E.right('Forgotten');
        notices.push(...between(inbox.value, index === 0 ? missed.userId : EVERYONE, missed));
      }
      return E.right(notices.sort((one, other) => one.position - other.position));
    };
};
