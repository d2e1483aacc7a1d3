import { either as E, taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Presence } from '../ports/presence.js';

/** Stands for all processes that answer requests. It has a dot, which names of tokens do not have. */
const ANY_API = '.api';
export const ANNOUNCED_EVERY_MS = 5_000;
const GONE_AFTER_MS = 3 * ANNOUNCED_EVERY_MS;

/** To be called every `ANNOUNCED_EVERY_MS` by each process that answers requests, and so takes signs of life. */
export const announceApi = (presence: Pick<Presence, 'touch'>, clock: Pick<Clock, 'now'>): void =>
  presence.touch(ANY_API, clock.now());

/**
 * Nobody is taken for gone for a time in which no process answered requests, because nobody could give a sign of life then, nor for one
 * in which queries did not follow, because nobody could learn then that it is their turn. It ends when a process is announced again and
 * queries follow. Whether one is announced is judged by the clock of this process alone.
 */
export const presenceWhileAnswered = (
  presence: Presence,
  clock: Pick<Clock, 'now' | 'elapsed' | 'wakeIn'>,
  queriesFollow: () => Promise<boolean>,
): Presence => {
  let [announced, noticedAt, unansweredUntil] = [0, clock.elapsed(), 0];
  const look = async (): Promise<void> => {
    const found = await presence.lastSeen(ANY_API)();
    const isSeen = await queriesFollow();
    if (E.isRight(found) && found.right !== announced) [announced, noticedAt] = [found.right, clock.elapsed()];
    if (!isSeen || clock.elapsed() - noticedAt > GONE_AFTER_MS) unansweredUntil = clock.now();
    clock.wakeIn(ANNOUNCED_EVERY_MS, () => void look());
  };
  void look();
  const notBefore = TE.map((at: number) => Math.max(at, Math.min(unansweredUntil, clock.now())));
  return {
    touch: presence.touch,
    lastSeen: (tokenId) => notBefore(presence.lastSeen(tokenId)),
    since: () => notBefore(presence.since()),
  };
};
