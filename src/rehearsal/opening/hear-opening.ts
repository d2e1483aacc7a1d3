import { createClient } from '@doorbuster/client';
import { type Credentials, type Callers } from '../client/callers.js';
import { epochMs } from '../clock.js';

interface Hearing {
  /** Resolves when the first of them has heard. */
  readonly opened: Promise<void>;
  /** When each heard first, epoch milliseconds. */
  readonly heardAt: () => ReadonlyArray<number>;
  /** Who was told more than once. */
  readonly toldAgain: () => ReadonlySet<string>;
}
interface Listener extends Credentials, Pick<Callers, 'describeRefusal'> {
  readonly url: string;
}
/**
 * People who listen for the opening of an event until `signal` aborts, each on a stream of their own. Resolves once all of
 * them are connected; rejects where it aborts before.
 */
export const hearOpening = async (
  { url, serviceKey, describeRefusal }: Listener,
  users: ReadonlyArray<string>,
  eventId: string,
  signal: AbortSignal,
): Promise<Hearing> => {
  const { notices } = createClient({ url, token: serviceKey });
  const heardAt = new Map<string, number>();
  const toldAgain = new Set<string>();
  let tellOpened = (): void => undefined;
  const opened = new Promise<void>((resolve) => (tellOpened = resolve));
  const listen = async (userId: string, onConnected: () => void): Promise<void> => {
    for await (const notice of notices.listen({ userId, signal })) {
      if (notice.kind === 'refused')
        throw new Error(`Listening: the server answered ${describeRefusal(notice.problem)}`);
      if (notice.kind === 'connected') onConnected();
      if (notice.kind !== 'event-open' || notice.data.eventId !== eventId) continue;
      if (heardAt.has(userId)) toldAgain.add(userId);
      else heardAt.set(userId, epochMs());
      tellOpened();
    }
    signal.throwIfAborted();
  };
  await Promise.all(
    users.map((userId) => new Promise<void>((resolve, reject) => void listen(userId, resolve).catch(reject))),
  );
  return { opened, heardAt: () => [...heardAt.values()], toldAgain: () => toldAgain };
};
