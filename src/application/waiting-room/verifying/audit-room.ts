import {
  type AdmissionTerms,
  type TokenActivated,
  type WaitingRoomEvent,
} from '../../../domain/waiting-room/events.js';
import { type Check, rule } from '../../kernel/audit/check.js';
import { type RecordedEvent } from '../../ports/event-store.js';

/** What the events of a waiting room say, and whether they obey its rules at every moment. */
export interface RoomAudit {
  readonly see: (recorded: RecordedEvent<WaitingRoomEvent>) => void;
  /** Whether this user ever got a place. */
  readonly hasJoined: (userId: string) => boolean;
  readonly counts: () => {
    readonly joined: number;
    readonly activated: number;
    readonly waiting: number;
    readonly active: number;
  };
  readonly checks: (now: number) => ReadonlyArray<Check>;
}

/** An announced moment may pass by this much before whoever waits for it counts as forgotten. */
const LATE_MS = 60_000;

export const auditRoom = (): RoomAudit => {
  const opened = rule('the schedule was configured before anything else happened in it');
  const within = rule('nobody was let in above the limit of the moment');
  const paced = rule('no second let in more than its share');
  const gapless = rule('places are 1, 2, 3 … without gaps');
  const inOrder = rule('people were let in strictly in the order in which they came');
  const onePlace = rule('one place a user at a time');
  const once = rule('every place ends once');
  const kept = rule('whoever was let in kept their place as long as they were told');
  const forgotten = rule('nobody who could be let in was left waiting, at any moment');

  /** Token → whether it has been let in; ended ones are not here. */
  const live = new Map<string, boolean>();
  /** Of those who are in: until when they were told they may be, if they give a sign. */
  const promised = new Map<string, { readonly idleAt: number; readonly expiresAt: number }>();
  const liveUsers = new Set<string>();
  const everybody = new Set<string>();
  const waiting = new Set<number>();
  let terms: AdmissionTerms | null = null;
  let [joined, activated, active, head] = [0, 0, 0, 1];
  let pace = { second: 0, admitted: 0 };
  let resumeAt: number | null = null;
  let decision: string | null = null;

  /** Between two decisions nobody may be waiting for nothing. */
  const atRest = (): void => {
    if (terms !== null && waiting.size > 0 && active < terms.activeLimit && resumeAt === null)
      forgotten.offend(() => `${waiting.size} waited though ${active} of ${terms?.activeLimit} were in (${decision})`);
  };

  const activate = ({ tokenId, place, at, userId, claimBy, expiresAt }: TokenActivated): void => {
    activated++;
    active++;
    const limit = terms?.activeLimit ?? 0;
    if (active > limit) within.offend(() => `${userId} made it ${active} of ${limit}`);
    while (head < place && !waiting.has(head)) head++;
    if (place !== head || !waiting.has(place)) inOrder.offend(() => `place ${place} before place ${head}`);
    const second = Math.floor(at / 1_000);
    pace = { second, admitted: second === pace.second ? pace.admitted + 1 : 1 };
    const share = terms?.admitPerSecond ?? Infinity;
    if (pace.admitted > share) paced.offend(() => `${pace.admitted} of ${share} in second ${second}`);
    waiting.delete(place);
    live.set(tokenId, true);
    promised.set(tokenId, { idleAt: claimBy, expiresAt });
  };

  const end = (tokenId: string, userId: string, place: number): void => {
    const isIn = live.get(tokenId);
    if (isIn === undefined) return once.offend(() => `place ${place} of ${userId} ended twice, or never began`);
    if (isIn) active--;
    else waiting.delete(place);
    live.delete(tokenId);
    promised.delete(tokenId);
    liveUsers.delete(userId);
  };

  const fold = (event: WaitingRoomEvent): void => {
    if (terms === null && event.type !== 'ScheduleConfigured') opened.offend(() => `${event.type} came first`);
    switch (event.type) {
      case 'ScheduleConfigured':
        terms = event.terms;
        return;
      case 'TokenJoined':
        joined++;
        if (event.place !== joined)
          gapless.offend(() => `${event.userId} got place ${event.place} as number ${joined}`);
        if (liveUsers.has(event.userId))
          onePlace.offend(() => `${event.userId} got place ${event.place} beside another`);
        everybody.add(event.userId);
        liveUsers.add(event.userId);
        live.set(event.tokenId, false);
        waiting.add(event.place);
        return;
      case 'TokenActivated':
        return activate(event);
      case 'TokenExpired': {
        const until = promised.get(event.tokenId);
        if (until !== undefined && event.at < Math.min(until.idleAt, until.expiresAt))
          kept.offend(() => `${event.userId} lost place ${event.place} before its time`);
        return end(event.tokenId, event.userId, event.place);
      }
      case 'TokenLeft':
      case 'TokenCompleted':
        return end(event.tokenId, event.userId, event.place);
      case 'AdmissionPaced':
        resumeAt = event.resumeAt;
        return;
      case 'AdmissionResumed':
        resumeAt = null;
        return;
      case 'TokenClaimed':
      case 'TokenExtended': {
        const until = promised.get(event.tokenId);
        if (until !== undefined) promised.set(event.tokenId, { ...until, idleAt: event.idleAt });
      }
    }
  };

  return {
    see: ({ event, metadata: { source, correlationId } }) => {
      const cause = source === undefined ? correlationId : `${source.partition}@${source.offset}`;
      if (decision !== null && cause !== decision) atRest();
      decision = cause;
      fold(event);
    },
    hasJoined: (userId) => everybody.has(userId),
    counts: () => ({ joined, activated, waiting: waiting.size, active }),
    checks: (now) => {
      atRest();
      if (waiting.size > 0 && resumeAt !== null && resumeAt < now - LATE_MS && active < (terms?.activeLimit ?? 0))
        forgotten.offend(() => `${waiting.size} wait since ${new Date(resumeAt ?? 0).toISOString()}`);
      return [
        opened.check('configured'),
        within.check(`${active} in now, the limit is ${terms?.activeLimit}`),
        paced.check(terms?.admitPerSecond == null ? 'no share is set' : `${terms.admitPerSecond} a second`),
        gapless.check(joined === 0 ? 'nobody came' : `1 to ${joined}`),
        inOrder.check(`${activated} let in`),
        onePlace.check(`${everybody.size} users`),
        once.check(`${joined - live.size} ended, ${live.size} go on`),
        kept.check(`${active} in now`),
        forgotten.check(`${waiting.size} wait`),
      ];
    },
  };
};
