/** Lets everything else that waits for the event loop run first. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same pieces, with room for others between them. */
export async function* unhurried<A>(pieces: Iterable<A>): AsyncGenerator<A> {
  for (const piece of pieces) {
    yield piece;
    await yieldToEventLoop();
  }
}
