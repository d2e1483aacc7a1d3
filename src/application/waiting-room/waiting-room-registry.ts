import { type ContextSchemas } from '../kernel/events/event-registry.js';
import { isRejectionEvent, rejectionStreams } from '../kernel/writer/rejected-requests.js';
import { isWaitingRoomEvent } from './waiting-room-aggregate.js';
import { WAITING_ROOM_STREAMS } from './waiting-streams.js';

import { waitingMessages } from './waiting-messages.js';

export const waitingRoomSchemas: ContextSchemas = {
  context: 'waiting-room',
  streams: [
    [WAITING_ROOM_STREAMS, isWaitingRoomEvent],
    [rejectionStreams('waiting'), isRejectionEvent],
  ],
  messages: [...waitingMessages.types.values()],
};
