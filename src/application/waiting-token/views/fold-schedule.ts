import { type WaitingRoomEvent } from '../../../domain/waiting-token/events.js';
import { bucketOf, type ScheduleDocument } from './documents.js';

/** Of the windows in which activations are counted, and how many are kept: a little more than a minute. */
export const FLOW_WINDOW_MS = 5_000;
const WINDOWS = 14;

const count = (room: ScheduleDocument, place: number, by: 1 | -1): ScheduleDocument => {
  const empty = room.buckets.length === 0;
  const firstBucket = empty ? bucketOf(place) : room.firstBucket;
  const buckets = [...room.buckets];
  const index = bucketOf(place) - firstBucket;
  while (buckets.length <= index) buckets.push(0);
  buckets[index] = (buckets[index] ?? 0) + by;
  let gone = 0;
  while (gone < buckets.length && buckets[gone] === 0) gone++;
  return {
    ...room,
    waiting: room.waiting + by,
    firstBucket: firstBucket + gone,
    buckets: gone === 0 ? buckets : buckets.slice(gone),
  };
};

/** Only whoever waits behind others says how fast the queue moves: a room that fills up does not. */
const flowing = (room: ScheduleDocument, at: number): ScheduleDocument => {
  if (room.waiting === 0) return room;
  const window = Math.floor(at / FLOW_WINDOW_MS) * FLOW_WINDOW_MS;
  const last = room.flow.at(-1);
  const flow =
    last?.at === window
      ? [...room.flow.slice(0, -1), { at: window, count: last.count + 1 }]
      : [...room.flow, { at: window, count: 1 }].slice(-WINDOWS);
  return { ...room, flow };
};

/** Places are passed in order, so whoever stands before the head has been let in. */
const ended = (room: ScheduleDocument, place: number): ScheduleDocument =>
  place < room.head ? { ...room, active: room.active - 1 } : count(room, place, -1);

/** The counts of a waiting room. */
export const foldSchedule = (room: ScheduleDocument | null, event: WaitingRoomEvent): ScheduleDocument | null => {
  if (event.type === 'ScheduleConfigured') {
    const { scheduleId, terms } = event;
    if (room !== null) return { ...room, terms };
    return {
      kind: 'schedule',
      scheduleId,
      terms,
      active: 0,
      waiting: 0,
      head: 1,
      firstBucket: 0,
      buckets: [],
      flow: [],
    };
  }
  if (room === null) return null;
  switch (event.type) {
    case 'TokenJoined':
      return count(room, event.place, 1);
    case 'TokenActivated': {
      const before = count(room, event.place, -1);
      return flowing({ ...before, active: before.active + 1, head: event.place + 1 }, event.at);
    }
    case 'TokenExpired':
    case 'TokenLeft':
    case 'TokenCompleted':
      return ended(room, event.place);
    default:
      return room;
  }
};
