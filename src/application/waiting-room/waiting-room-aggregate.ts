import { Map } from 'immutable';
import { z } from 'zod';
import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import {
  evolve,
  type OpenRoom,
  type Token,
  unknownRoom,
  type WaitingRoom,
} from '../../domain/waiting-room/waiting-room.js';
import { type Aggregate, type SnapshotCodec } from '../kernel/writer/aggregate.js';
import { shapedEvents } from '../kernel/writer/shaped-events.js';
import { admissionTerms } from './admission-terms.js';

const frame = z.object({
  scheduleId: z.string(),
  terms: admissionTerms,
  nextPlace: z.number(),
  head: z.number(),
  active: z.number(),
  pace: z.object({ second: z.number(), admitted: z.number() }),
  resumeAt: z.number(),
  isPaced: z.boolean(),
});

/** A token as a row: id, status, user, place, idleAt, expiresAt. */
const row = z.tuple([
  z.string(),
  z.enum(['Waiting', 'Promoted', 'Active']),
  z.string(),
  z.number(),
  z.number(),
  z.number().nullable(),
]);
const rows = z.array(row);

/** A piece is encoded, and decoded, in a millisecond or two. */
const ROWS = 1_024;

function* tokenRows({ tokens }: OpenRoom): Generator<z.infer<typeof rows>> {
  let piece: z.infer<typeof rows> = [];
  for (const [id, { status, userId, place, idleAt, expiresAt }] of tokens) {
    piece.push([id, status, userId, place, idleAt, expiresAt]);
    if (piece.length < ROWS) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** First the frame, then everybody by the thousand; the queue and who holds which token follow from that. */
const snapshots: SnapshotCodec<WaitingRoom> = {
  version: 1,
  size: (room) => (room.status === 'Unknown' ? 0 : room.tokens.size),
  encode: function* (room) {
    if (room.status === 'Unknown') return;
    const { scheduleId, terms, nextPlace, head, active, pace, resumeAt, isPaced } = room;
    yield { scheduleId, terms, nextPlace, head, active, pace, resumeAt, isPaced };
    yield* tokenRows(room);
  },
  decode: async (pieces) => {
    let first: z.infer<typeof frame> | null = null;
    const tokens = Map<string, Token>().asMutable();
    const tokenOfUser = Map<string, string>().asMutable();
    const queue = Map<number, string>().asMutable();
    for await (const piece of pieces)
      if (first === null) first = frame.parse(piece);
      else
        for (const [id, status, userId, place, idleAt, expiresAt] of rows.parse(piece)) {
          tokens.set(id, { status, userId, place, idleAt, expiresAt });
          tokenOfUser.set(userId, id);
          if (status === 'Waiting') queue.set(place, id);
        }
    if (first === null) return unknownRoom;
    return {
      status: 'Open',
      ...first,
      tokens: tokens.asImmutable(),
      tokenOfUser: tokenOfUser.asImmutable(),
      queue: queue.asImmutable(),
    };
  },
};

export const isWaitingRoomEvent = shapedEvents<WaitingRoomEvent>({
  ScheduleConfigured: {
    scheduleId: 'string',
    terms: {
      activeLimit: 'number',
      activeTtl: 'number',
      admitPerSecond: 'number|null',
      waitingIdle: 'number',
      claimWithin: 'number',
      activeIdle: 'number',
    },
    at: 'number',
  },
  TokenJoined: {
    place: 'number',
    idleAt: 'number',
    scheduleId: 'string',
    tokenId: 'string',
    userId: 'string',
    at: 'number',
  },
  TokenActivated: {
    place: 'number',
    claimBy: 'number',
    expiresAt: 'number',
    scheduleId: 'string',
    tokenId: 'string',
    userId: 'string',
    at: 'number',
  },
  TokenClaimed: { idleAt: 'number', scheduleId: 'string', tokenId: 'string', userId: 'string', at: 'number' },
  TokenExtended: { idleAt: 'number', scheduleId: 'string', tokenId: 'string', userId: 'string', at: 'number' },
  TokenExpired: {
    place: 'number',
    reason: 'string',
    scheduleId: 'string',
    tokenId: 'string',
    userId: 'string',
    at: 'number',
  },
  TokenLeft: { place: 'number', scheduleId: 'string', tokenId: 'string', userId: 'string', at: 'number' },
  TokenCompleted: { place: 'number', scheduleId: 'string', tokenId: 'string', userId: 'string', at: 'number' },
  AdmissionPaced: { scheduleId: 'string', resumeAt: 'number', at: 'number' },
  AdmissionResumed: { scheduleId: 'string', at: 'number' },
});

export const waitingRoomAggregate: Aggregate<WaitingRoom, WaitingRoomEvent> = {
  initial: unknownRoom,
  evolve,
  isEvent: isWaitingRoomEvent,
  snapshots,
};
