import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import { regionOf } from './crowd.js';
import { type ScheduleDocument } from './documents.js';

/** Of the windows in which activations are counted, and how many are kept: a little more than a minute. */
export const FLOW_WINDOW_MS = 5_000;
const WINDOWS = 14;

const count = (room: ScheduleDocument, place: number, by: 1 | -1): ScheduleDocument => {
  const firstRegion = room.regions.length === 0 ? regionOf(place) : room.firstRegion;
  const regions = [...room.regions];
  const index = regionOf(place) - firstRegion;
  while (regions.length <= index) regions.push(0);
  regions[index] = (regions[index] ?? 0) + by;
  let gone = 0;
  while (gone < regions.length && regions[gone] === 0) gone++;
  return { ...room, waiting: room.waiting + by, firstRegion: firstRegion + gone, regions: regions.slice(gone) };
};

/** Only users who wait behind others show how fast the queue moves: a room that fills up does not. */
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

/** Places are passed in order, so every place before the head has been let in. */
const ended = (room: ScheduleDocument, place: number): ScheduleDocument =>
  place < room.head ? { ...room, active: room.active - 1 } : count(room, place, -1);

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
      firstRegion: 0,
      regions: [],
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
