import { type WaitingRoomEvent } from '../../domain/waiting-room/events.js';
import { type CrowdDocument } from './documents.js';

/**
 * Who waits at which place, as a tree of counts: a document of level 0 counts 64 places one by one, one of level 1 the
 * 64 documents of level 0 under it, and so on. Above the last level the schedule itself counts.
 */
const PARTS = 64;
const LEVELS = [0, 1, 2] as const;
/** Places that a part of the schedule's own count covers. */
const REGION = PARTS ** LEVELS.length;
export const regionOf = (place: number): number => Math.floor(place / REGION);

const PREFIX = 'crowd/';

export const crowdDocumentIds = (scheduleId: string, place: number): ReadonlyArray<string> =>
  LEVELS.map((level) => `${PREFIX}${scheduleId}/${level}/${Math.floor(place / PARTS ** (level + 1))}`);

/** In which part of its document a place is counted. */
const partOf = (place: number, level: number): number => Math.floor(place / PARTS ** level) % PARTS;

const levelOf = (id: string): number => Number(id.slice(id.indexOf('/', PREFIX.length) + 1).split('/')[0]);

/** How many wait in a document before a place: those in the parts before its own. */
export const beforeIn = ({ counts }: CrowdDocument, place: number, level: number): number => {
  let before = 0;
  for (let part = partOf(place, level) - 1; part >= 0; part -= 1) before += counts[part] ?? 0;
  return before;
};

/** A user who joins waits at a place, until they get in, leave or expire. Nothing is kept of a place where nobody waits. */
export const foldCrowd = (crowd: CrowdDocument | null, event: WaitingRoomEvent, id: string): CrowdDocument | null => {
  if (!('place' in event)) return crowd;
  const { type, place } = event;
  const joins = type === 'TokenJoined';
  // Places are given, and passed, in order: who stands before the head was let in, and is not counted any more.
  const { counts: known, head } = crowd ?? { counts: [], head: joins ? place : Infinity };
  if (place < head) return crowd;
  const part = partOf(place, levelOf(id));
  const counts = [...known];
  while (counts.length <= part) counts.push(0);
  counts[part] = (counts[part] ?? 0) + (joins ? 1 : -1);
  if (counts.every((count) => count === 0)) return null;
  return { kind: 'crowd', head: type === 'TokenActivated' ? place + 1 : head, counts };
};
