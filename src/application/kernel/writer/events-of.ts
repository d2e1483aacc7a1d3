import { type EventBody } from '../../ports/event-store.js';

/**
 * A guard for the events of one union, from its type names. The record is exhaustive: a new event that is not named
 * here does not compile. `eventsOf<CouponEvent>({ CouponCreated: true, … })`
 */
export const eventsOf = <Event extends EventBody>(
  types: Readonly<Record<Event['type'], true>>,
): ((event: EventBody) => event is Event) => {
  const names = new Set<string>(Object.keys(types));
  return (event): event is Event => names.has(event.type);
};
