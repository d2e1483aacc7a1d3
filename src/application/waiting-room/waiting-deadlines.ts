import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import { type Deadline, type DeadlineRule } from '../kernel/process/deadlines/deadline.js';
import { isWaitingRoomEvent, WAITING_ROOM_STREAMS } from './waiting-room-aggregate.js';

/** A token's place ends unless its holder gives a sign, or at its cap. */
export const TOKEN_EXPIRY = 'token-expiry';
/** Admissions go on. */
export const ADMISSION = 'admission';

const idsOf = (event: WaitingRoomEvent): ReadonlyArray<string> => {
  switch (event.type) {
    case 'ScheduleConfigured':
      return [];
    case 'AdmissionPaced':
    case 'AdmissionResumed':
      return [`${ADMISSION}/${event.scheduleId}`];
    default:
      return [`${TOKEN_EXPIRY}/${event.tokenId}`];
  }
};

const moved = (known: Deadline | null, idleAt: number): Deadline | null =>
  known === null ? null : { ...known, dueAt: Math.min(idleAt, known.cap ?? Infinity) };

const fold = (known: Deadline | null, event: WaitingRoomEvent, id: string, eventId: string): Deadline | null => {
  switch (event.type) {
    case 'ScheduleConfigured':
      return known;
    case 'AdmissionPaced':
      return {
        id,
        kind: ADMISSION,
        ref: { scheduleId: event.scheduleId, announcement: eventId },
        dueAt: event.resumeAt,
      };
    case 'TokenJoined': {
      const { scheduleId, tokenId, userId, idleAt } = event;
      return { id, kind: TOKEN_EXPIRY, ref: { scheduleId, tokenId, userId, state: 'Waiting' }, dueAt: idleAt };
    }
    case 'TokenActivated': {
      const { scheduleId, tokenId, claimBy, expiresAt } = event;
      const dueAt = Math.min(claimBy, expiresAt);
      return { id, kind: TOKEN_EXPIRY, ref: { scheduleId, tokenId, state: 'Promoted' }, dueAt, cap: expiresAt };
    }
    case 'TokenClaimed': {
      const claimed = moved(known, event.idleAt);
      return claimed === null ? null : { ...claimed, ref: { ...claimed.ref, state: 'Active' } };
    }
    case 'TokenExtended':
      return moved(known, event.idleAt);
    case 'AdmissionResumed':
    case 'TokenExpired':
    case 'TokenLeft':
    case 'TokenCompleted':
      return null;
  }
};

/** When tokens expire, and when paced admissions go on. */
export const waitingDeadlines: DeadlineRule = {
  version: 2,
  streamPrefixes: [WAITING_ROOM_STREAMS],
  ids: ({ event }) => (isWaitingRoomEvent(event) ? idsOf(event) : []),
  creates: ({ event }) => event.type === 'TokenJoined',
  fold: (known, { id: eventId, event }, id) => (isWaitingRoomEvent(event) ? fold(known, event, id, eventId) : known),
};
