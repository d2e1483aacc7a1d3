import { either as E } from 'fp-ts';
import {
  type WaitingRoomCommand,
  waitingRoomDecider,
  type WaitingRoomRejection,
} from '../../domain/waiting-room/decider.js';
import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import { type WaitingRoom } from '../../domain/waiting-room/waiting-room.js';
import { WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { aggregateWriter, type AggregateWriterPorts, type WriteBatch } from '../kernel/writer/aggregate-writer.js';
import { deciderWriting, type Requested } from '../kernel/writer/decider-writing.js';
import { type UnreadableMessage } from '../kernel/writer/message-body.js';
import { type LoggedMessage } from '../ports/message-log.js';
import { readWaitingMessage, type WaitingMessage } from './waiting-messages.js';
import { waitingRoomAggregate, waitingRoomStream } from './waiting-room-aggregate.js';

const toCommand = (message: WaitingMessage, at: number): WaitingRoomCommand => {
  const { scheduleId } = message;
  switch (message.eventType) {
    case 'SCHEDULE_CONFIGURED':
      return { type: 'ConfigureSchedule', scheduleId, terms: message.terms, at };
    case 'CREATE_TOKEN':
      return { type: 'JoinRoom', scheduleId, userId: message.userId, tokenId: message.tokenId, at };
    case 'TOKEN_CLAIM':
      return { type: 'ClaimPlace', scheduleId, tokenId: message.tokenId, at };
    case 'TOKEN_LEAVE':
      return { type: 'LeaveRoom', scheduleId, tokenId: message.tokenId, at };
    case 'TOKEN_COMPLETE':
      return { type: 'CompleteVisit', scheduleId, tokenId: message.tokenId, at };
    case 'TOKEN_EXPIRE':
      return { type: 'ExpireToken', scheduleId, tokenId: message.tokenId, lastSeenAt: message.lastSeenAt, at };
    case 'ADMIT':
      return { type: 'AdmitWaiting', scheduleId, at };
  }
};

/** Times are the log's: one clock for everybody in a room, and the same when a message comes again. */
const read = (message: LoggedMessage): E.Either<UnreadableMessage, Requested<WaitingRoomCommand>> =>
  E.map((asked: WaitingMessage) => {
    const { requestId, isAwaited = false } = asked;
    return { command: toCommand(asked, message.loggedAt), requestId, isAwaited };
  })(readWaitingMessage(message));

const waitingRoomWriting = deciderWriting<WaitingRoomCommand, WaitingRoom, WaitingRoomEvent, WaitingRoomRejection>({
  context: 'waiting',
  topic: WAITING_TOKEN,
  streamOf: waitingRoomStream,
  read,
  decider: waitingRoomDecider,
  aggregate: waitingRoomAggregate,
  sizeOf: (room) => (room.status === 'Unknown' ? 0 : room.tokens.size),
});

/** The one writer of the waiting rooms of a partition: rooms side by side, each in the order of its messages. */
export const decideWaitingRequests = (ports: AggregateWriterPorts): WriteBatch =>
  aggregateWriter(ports)(waitingRoomWriting);
