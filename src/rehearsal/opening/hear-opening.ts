import { createClient } from '../../../packages/client/src/index.js';
import { type Credentials } from '../client/callers.js';
import { epochMs } from '../clock.js';

export interface Hearing {
  /** Resolves when the first of them has heard. */
  readonly opened: Promise<void>;
  /** When each heard, epoch milliseconds. */
  readonly heardAt: () => ReadonlyArray<number>;
  readonly close: () => void;
}

/** People who listen for the opening of an event, each on a stream of their own. Resolves once all of them are connected. */
export const hearOpening = async (
  { url, serviceKey }: Credentials & { readonly url: string },
  users: ReadonlyArray<string>,
  eventId: string,
): Promise<Hearing> => {
  const { notices } = createClient({ url, token: serviceKey });
  const leaving = new AbortController();
  const heardAt: number[] = [];
  let tellOpened = (): void => undefined;
  const opened = new Promise<void>((resolve) => (tellOpened = resolve));
  const listen = async (userId: string, onConnected: () => void): Promise<void> => {
    for await (const notice of notices.listen({ userId, signal: leaving.signal })) {
      if (notice.kind === 'refused') throw new Error(`Listening was answered ${notice.problem.code}`);
      if (notice.kind === 'connected') onConnected();
      if (notice.kind !== 'event-open' || notice.data.eventId !== eventId) continue;
      heardAt.push(epochMs());
      tellOpened();
    }
  };
  await Promise.all(
    users.map((userId) => new Promise<void>((resolve, reject) => void listen(userId, resolve).catch(reject))),
  );
  return { opened, heardAt: () => heardAt, close: () => leaving.abort() };
};
