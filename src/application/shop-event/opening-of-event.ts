import { either as E, option as O } from 'fp-ts';
import { liveReader } from '../kernel/projection/live-reader.js';
import { recentlyUsed } from '../kernel/recently-used.js';
import { type Ports } from '../ports/ports.js';
import { eventsView } from './events.js';

/** Those who are too early ask by the thousand; an opening is seldom moved. */
const KEPT_MS = 250;
const EVENTS = 1_000;

/** When an event opens. Null where there is none, and where nobody can tell: the read models are away. */
export type OpeningOfEvent = (eventId: string | null) => Promise<number | null>;

export const openingOfEvent = ({ readModels, clock }: Pick<Ports, 'readModels' | 'clock'>): OpeningOfEvent => {
  const reader = liveReader(readModels);
  const known = recentlyUsed<string, { readonly at: number; readonly opening: Promise<number | null> }>(EVENTS);
  const look = async (eventId: string): Promise<number | null> => {
    const event = await reader.get(eventsView, eventId)();
    return E.isRight(event) && O.isSome(event.right) ? event.right.value.opensAt : null;
  };
  return async (eventId) => {
    if (eventId === null) return null;
    const now = clock.elapsed();
    const last = known.get(eventId);
    if (last !== undefined && now - last.at < KEPT_MS) return last.opening;
    const opening = look(eventId);
    known.set(eventId, { at: now, opening });
    return opening;
  };
};
