import { Map } from 'immutable';
import { z } from 'zod';
import { type AdmissionTerms, type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import {
  evolve,
  type OpenRoom,
  type Token,
  unknownRoom,
  type WaitingRoom,
} from '../../domain/waiting-room/waiting-room.js';
import { challengePolicy } from '../kernel/challenge/challenge-policy.js';
import { eventSchemas } from '../kernel/events/event-schemas.js';
import { inSlices } from '../kernel/in-slices.js';
import { aggregateOf, type SnapshotCodec } from '../kernel/writer/aggregate.js';

/** Terms as they stand in messages, documents and snapshots; durations in milliseconds. */
export const admissionTerms: z.ZodType<AdmissionTerms> = z.object({
  activeLimit: z.number(),
  activeTtl: z.number(),
  admitPerSecond: z.number().nullable(),
  waitingIdle: z.number(),
  claimWithin: z.number(),
  activeIdle: z.number(),
  challenge: challengePolicy.exactOptional(),
});

export const WAITING_ROOM_STREAMS = 'waitingRoom-';
export const waitingRoomStream = (scheduleId: string): string => `${WAITING_ROOM_STREAMS}${scheduleId}`;

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

function* tokenRows({ tokens }: OpenRoom): Generator<z.infer<typeof row>> {
  for (const [id, { status, userId, place, idleAt, expiresAt }] of tokens)
    yield [id, status, userId, place, idleAt, expiresAt];
}

/** First the frame, then everybody by the thousand; the queue and who holds which token follow from that. */
const snapshots: SnapshotCodec<WaitingRoom> = {
  version: 1,
  size: (room) => (room.status === 'Unknown' ? 0 : room.tokens.size),
  encode: function* (room) {
    if (room.status === 'Unknown') return;
    const { scheduleId, terms, nextPlace, head, active, pace, resumeAt, isPaced } = room;
    yield { scheduleId, terms, nextPlace, head, active, pace, resumeAt, isPaced };
    yield* inSlices(tokenRows(room), ROWS);
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

const fact = { scheduleId: z.string(), tokenId: z.string(), userId: z.string(), at: z.number() };

export const isWaitingRoomEvent = eventSchemas<WaitingRoomEvent>()({
  ScheduleConfigured: z.object({ scheduleId: z.string(), terms: admissionTerms, at: z.number() }),
  TokenJoined: z.object({ place: z.number(), idleAt: z.number(), ...fact }),
  TokenActivated: z.object({ place: z.number(), claimBy: z.number(), expiresAt: z.number(), ...fact }),
  TokenClaimed: z.object({ idleAt: z.number(), ...fact }),
  TokenExtended: z.object({ idleAt: z.number(), ...fact }),
  TokenExpired: z.object({ place: z.number(), reason: z.enum(['IDLE', 'UNCLAIMED', 'TIME_OVER']), ...fact }),
  TokenLeft: z.object({ place: z.number(), ...fact }),
  TokenCompleted: z.object({ place: z.number(), ...fact }),
  AdmissionPaced: z.object({ scheduleId: z.string(), resumeAt: z.number(), at: z.number() }),
  AdmissionResumed: z.object({ scheduleId: z.string(), at: z.number() }),
});

export const waitingRoomAggregate = aggregateOf({ initial: unknownRoom, evolve }, isWaitingRoomEvent, snapshots);
