import { randomUUID } from 'node:crypto';
import { type EventToAppend } from '../../src/application/ports/event-store.js';

export interface SampleEvent {
  readonly type: 'Sampled';
  readonly number: number;
  readonly text: string;
}

/** An event nobody has a rule for; all its ids are fresh. */
export const sampleEvent = (number = 0, text = ''): EventToAppend<SampleEvent> => ({
  id: randomUUID(),
  event: { type: 'Sampled', number, text },
  metadata: { correlationId: randomUUID(), source: { topic: 'samples', partition: 1, offset: number } },
});

export const sampleEvents = (count: number, from = 0): ReadonlyArray<EventToAppend<SampleEvent>> =>
  Array.from({ length: count }, (_, index) => sampleEvent(from + index));

/** A stream no other test knows, also on a shared server. */
export const freshStream = (category = 'sample'): string => `${category}-${randomUUID()}`;
