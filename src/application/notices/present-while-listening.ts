import { function as F, taskEither as TE } from 'fp-ts';
import { yieldToEventLoop } from '../kernel/yield-to-event-loop.js';
import { type Clock } from '../ports/clock.js';
import { type Presence } from '../ports/presence.js';
import { userPresence } from '../waiting-room/user-presence.js';
import { type NoticeHub } from './notice-hub.js';

export interface PresentWhileListeningPorts {
  readonly connect: NoticeHub['connect'];
  readonly presence: Pick<Presence, 'touch'>;
  readonly clock: Clock;
  /** A sign of life is given this often; well within the time a waiting place survives without one. Milliseconds. */
  readonly everyMs: number;
}

/** Signs are given for so many before other work gets its turn on the event loop. */
const AT_ONCE = 100;

/** One user's open streams. */
interface Listening {
  /** Of each stream, how long ago its client was last known to be there. */
  readonly streams: Set<() => number>;
  /** The last moment a sign was given for, by `Clock.elapsed`. */
  signedFor: number;
}

/**
 * A user with an open stream of notices counts as present: when the stream opens, while it is open, and when it ends. A client
 * that no longer acknowledges what it is sent was last present when it did. Presence is not reported for a later time, and never
 * twice for the same, so that a dead stream in this process does not hide a living one in another.
 */
export const presentWhileListening = ({ connect, presence, clock, everyMs }: PresentWhileListeningPorts) => {
  const listening = new Map<string, Listening>();
  const sign = (userId: string, user: Listening, silentMs: number): void => {
    const heardAt = clock.elapsed() - silentMs;
    if (heardAt <= user.signedFor) return;
    user.signedFor = heardAt;
    presence.touch(userPresence(userId), clock.now() - silentMs);
  };
  const signAll = async (): Promise<void> => {
    let signed = 0;
    for (const [userId, user] of listening) {
      sign(userId, user, Math.min(...[...user.streams].map((silentMs) => silentMs())));
      if (++signed % AT_ONCE === 0) await yieldToEventLoop();
    }
  };
  let cancel = (): void => undefined;
  const goOn = (): void => {
    cancel = clock.wakeIn(everyMs, () => {
      void signAll();
      goOn();
    });
  };
  goOn();

  const connectPresent: NoticeHub['connect'] = (connecting) =>
    F.pipe(
      connect(connecting),
      TE.map((leave) => {
        const { userId, silentMs } = connecting;
        const user = listening.get(userId) ?? { streams: new Set(), signedFor: -Infinity };
        // Of its own for each stream, whatever they are made of.
        const ofStream = (): number => silentMs();
        user.streams.add(ofStream);
        listening.set(userId, user);
        sign(userId, user, 0);
        return (why) => {
          if (user.streams.delete(ofStream)) sign(userId, user, why === 'client' ? 0 : silentMs());
          if (user.streams.size === 0 && listening.get(userId) === user) listening.delete(userId);
          leave(why);
        };
      }),
    );
  return { connect: connectPresent, stop: (): void => cancel() };
};
