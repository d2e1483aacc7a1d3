import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import { type View } from '../kernel/projection/view.js';
import { rejectionsStream } from '../kernel/writer/rejected-requests.js';
import { crowdDocumentIds, foldCrowd } from './crowd.js';
import {
  scheduleDocumentId,
  type TokenDocument,
  tokenDocumentId,
  type UserDocument,
  userDocumentId,
  type WaitingDocument,
  waitingDocument,
} from './documents.js';
import { foldSchedule } from './fold-schedule.js';
import { isWaitingRoomEvent, WAITING_ROOM_STREAMS } from './waiting-room-aggregate.js';

const foldToken = (token: TokenDocument | null, event: WaitingRoomEvent): TokenDocument | null => {
  if (event.type === 'TokenJoined') {
    const { tokenId, scheduleId, userId, place, at } = event;
    return { kind: 'token', tokenId, scheduleId, userId, place, status: 'Waiting', joinedAt: at, expiresAt: null };
  }
  if (token === null) return null;
  switch (event.type) {
    case 'TokenActivated':
      return { ...token, status: 'Promoted', expiresAt: event.expiresAt };
    case 'TokenClaimed':
      return { ...token, status: 'Active' };
    case 'TokenExpired':
      return { ...token, status: 'Expired' };
    case 'TokenLeft':
      return { ...token, status: 'Left' };
    case 'TokenCompleted':
      return { ...token, status: 'Completed' };
    default:
      return token;
  }
};

const foldUser = (user: UserDocument | null, event: WaitingRoomEvent): UserDocument | null => {
  if (!('tokenId' in event)) return user;
  if (event.type === 'TokenJoined') return { kind: 'user', tokenId: event.tokenId, isLive: true };
  return user?.tokenId === event.tokenId ? { ...user, isLive: false } : user;
};

const documentsOf = (event: WaitingRoomEvent): ReadonlyArray<string> => {
  const { scheduleId } = event;
  switch (event.type) {
    case 'ScheduleConfigured':
      return [scheduleDocumentId(scheduleId)];
    case 'TokenActivated':
      return [
        scheduleDocumentId(scheduleId),
        ...crowdDocumentIds(scheduleId, event.place),
        tokenDocumentId(event.tokenId),
      ];
    case 'TokenJoined':
    case 'TokenExpired':
    case 'TokenLeft':
    case 'TokenCompleted':
      return [
        scheduleDocumentId(scheduleId),
        ...crowdDocumentIds(scheduleId, event.place),
        tokenDocumentId(event.tokenId),
        userDocumentId(scheduleId, event.userId),
      ];
    case 'TokenClaimed':
      return [tokenDocumentId(event.tokenId)];
    case 'TokenExtended':
    case 'AdmissionPaced':
    case 'AdmissionResumed':
      return [];
  }
};

const isOf = <K extends WaitingDocument['kind']>(
  document: WaitingDocument | null,
  kind: K,
): document is Extract<WaitingDocument, { kind: K }> | null => document === null || document.kind === kind;

/**
 * Rooms, tokens, users, and who waits at which places: one view, so that all of it is as of one moment. The number ahead
 * of anyone is exact and costs four small documents, however many wait.
 */
export const waitingRoomsView: View<WaitingDocument> = {
  name: 'waiting-rooms',
  version: 2,
  schema: waitingDocument,
  // Rejections change no document, but move the checkpoint at once, because the caller waits for it.
  streamPrefixes: [WAITING_ROOM_STREAMS, rejectionsStream('waiting', '')],
  documentIds: ({ event }) => (isWaitingRoomEvent(event) ? documentsOf(event) : []),
  creates: ({ event }, id) => event.type === 'TokenJoined' && id.startsWith('token/'),
  fold: (document, { event }, id) => {
    if (!isWaitingRoomEvent(event)) return document;
    if (id.startsWith('schedule/')) return isOf(document, 'schedule') ? foldSchedule(document, event) : document;
    if (id.startsWith('crowd/')) return isOf(document, 'crowd') ? foldCrowd(document, event, id) : document;
    if (id.startsWith('token/')) return isOf(document, 'token') ? foldToken(document, event) : document;
    return isOf(document, 'user') ? foldUser(document, event) : document;
  },
  entries: () => [],
};
