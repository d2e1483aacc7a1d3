import { option as O } from 'fp-ts';
import { type EventBody, type RecordedEvent } from '../../../src/application/ports/event-store.js';
import { type View } from '../../../src/application/kernel/projection/view.js';

/** An event as the store would hand it out: for folding by hand. */
export const recorded = <E extends EventBody>(
  event: E,
  position: number,
  streamId = 'coupon-c1',
): RecordedEvent<E> => ({
  id: `event-${position}`,
  event,
  metadata: { correlationId: 'test' },
  streamId,
  revision: position,
  position,
  recordedAt: 1_000_000 + position,
});

/** What a view makes of events, document by document. */
export const folded = <Doc extends object>(
  view: View<Doc>,
  events: ReadonlyArray<EventBody>,
): ((id: string) => Doc | undefined) => {
  const documents = new Map<string, Doc | null>();
  events.forEach((event, position) => {
    const each = recorded(event, position);
    for (const id of view.documentIds(each)) documents.set(id, view.fold(documents.get(id) ?? null, each, id));
  });
  return (id) => O.toUndefined(O.fromNullable(documents.get(id)));
};
