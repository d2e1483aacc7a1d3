import { either as E, type taskEither as TE } from 'fp-ts';

/** The event a product is tied to; null for none, also for a product nobody knows. */
export type EventOfProduct = (productId: string) => TE.TaskEither<'Unavailable', string | null>;

interface Lines {
  readonly lines: ReadonlyArray<{ readonly productId: string }>;
  readonly eventIds?: ReadonlyArray<string>;
}

/** The events that the products of an order are tied to, each once: as the order recorded them, if it did. */
export const eventsOfLines =
  (eventOfProduct: EventOfProduct) =>
  ({ lines, eventIds }: Lines): TE.TaskEither<'Unavailable', Iterable<string>> =>
  async () => {
    if (eventIds !== undefined) return E.right(eventIds);
    const events = new Set<string>();
    for (const { productId } of lines) {
      const event = await eventOfProduct(productId)();
      if (E.isLeft(event)) return event;
      if (event.right !== null) events.add(event.right);
    }
    return E.right(events);
  };
