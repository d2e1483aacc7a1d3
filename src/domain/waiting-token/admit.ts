import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type WaitingRoom } from './waiting-room.js';

export interface AdmitWaiting {
  readonly type: 'AdmitWaiting';
  readonly scheduleId: string;
  readonly at: Instant;
}

/** The pace allows more again. */
export const admitWaiting = (
  { at }: AdmitWaiting,
  room: WaitingRoom,
): E.Either<never, ReadonlyArray<WaitingRoomEvent>> => E.right(thenPromote(room, [], at));
