import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type AdmissionResumed, type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type WaitingRoom } from './waiting-room.js';

export type AdmitWaiting = CommandFrom<AdmissionResumed, 'AdmitWaiting'>;

/** The announced moment has come, if one was announced: lets in all who may come in. */
export const admitWaiting = ({ scheduleId, at }: AdmitWaiting, room: WaitingRoom): Decided<WaitingRoomEvent> => {
  const isAwaited = room.status === 'Open' && room.isPaced && at >= room.resumeAt;
  return E.right(thenPromote(room, isAwaited ? [{ type: 'AdmissionResumed', scheduleId, at }] : [], at));
};
