import { type ContextEvents } from '../kernel/events/event-registry.js';
import { isRejectionEvent, rejectionStreams } from '../kernel/writer/rejected-requests.js';
import { isWaitingRoomEvent } from './waiting-room-aggregate.js';
import { WAITING_ROOM_STREAMS } from './waiting-streams.js';

export const waitingRoomEvents: ContextEvents = {
  context: 'waiting-room',
  streams: [
    [WAITING_ROOM_STREAMS, isWaitingRoomEvent],
    [rejectionStreams('waiting'), isRejectionEvent],
  ],
};
