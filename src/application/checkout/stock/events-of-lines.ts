import { either as E, type taskEither as TE } from 'fp-ts';

/** The event a product is tied to; null for none, also for a product nobody knows. */
export type EventOfProduct = (productId: string) => TE.TaskEither<'Unavailable', string | null>;

/** The events the products of an order are tied to, each once. */
export const eventsOfLines =
  (eventOfProduct: EventOfProduct) =>
  (lines: ReadonlyArray<{ readonly productId: string }>): TE.TaskEither<'Unavailable', ReadonlySet<string>> =>
  async () => {
    const events = new Set<string>();
    for (const { productId } of lines) {
      const event = await eventOfProduct(productId)();
      if (E.isLeft(event)) return event;
      if (event.right !== null) events.add(event.right);
    }
    return E.right(events);
  };
