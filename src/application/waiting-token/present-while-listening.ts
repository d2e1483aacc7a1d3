import { function as F, taskEither as TE } from 'fp-ts';
import { type NoticeHub } from '../notices/notice-hub.js';
import { type Clock } from '../ports/clock.js';
import { type Presence } from '../ports/presence.js';
import { userPresence } from './user-presence.js';

export interface PresentWhileListeningPorts {
  readonly connect: NoticeHub['connect'];
  readonly presence: Pick<Presence, 'touch'>;
  readonly clock: Clock;
  /** A sign of life is given this often; well within the time a waiting place survives without one. Milliseconds. */
  readonly everyMs: number;
}

/** Whoever hears notices is there, without asking: when the stream opens, while it is open, and when it ends. */
export const presentWhileListening = ({ connect, presence, clock, everyMs }: PresentWhileListeningPorts) => {
  /** Open streams by user. */
  const listening = new Map<string, number>();
  const sign = (userId: string): void => presence.touch(userPresence(userId), clock.now());
  let cancel = (): void => undefined;
  const goOn = (): void => {
    cancel = clock.wakeIn(everyMs, () => {
      for (const userId of listening.keys()) sign(userId);
      goOn();
    });
  };
  goOn();

  const came = (userId: string): void => {
    sign(userId);
    listening.set(userId, (listening.get(userId) ?? 0) + 1);
  };
  const went = (userId: string): void => {
    sign(userId);
    const left = (listening.get(userId) ?? 1) - 1;
    if (left > 0) listening.set(userId, left);
    else listening.delete(userId);
  };
  const connectPresent: NoticeHub['connect'] = (connecting) =>
    F.pipe(
      connect(connecting),
      TE.map((leave) => {
        came(connecting.userId);
        let isGone = false;
        return (why) => {
          if (!isGone) went(connecting.userId);
          isGone = true;
          leave(why);
        };
      }),
    );
  return { connect: connectPresent, stop: (): void => cancel() };
};
