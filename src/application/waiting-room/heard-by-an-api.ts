import { either as E, taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Presence } from '../ports/presence.js';

/** Stands for all processes that take signs of life, among the names of tokens and users, which have no dot. */
const EARS = '.ears';
export const EARS_EVERY_MS = 5_000;
const DEAF_AFTER_MS = 3 * EARS_EVERY_MS;

/** To be called every `EARS_EVERY_MS` by each process that takes signs of life: while none does, nobody grows older. */
export const hasEars = (presence: Pick<Presence, 'touch'>, clock: Pick<Clock, 'now'>): void =>
  presence.touch(EARS, clock.now());

/**
 * Nobody is taken for gone for a time in which no process took signs of life: whoever asked then was not heard. Signs count from the
 * moment at which one does again. Whether one does is judged by the clock of this process alone.
 */
export const heardByAnApi = (presence: Presence, clock: Pick<Clock, 'now' | 'elapsed' | 'wakeIn'>): Presence => {
  let [sign, signedAt, deafUntil] = [0, clock.elapsed(), 0];
  const look = async (): Promise<void> => {
    const found = await presence.lastSeen(EARS)();
    if (E.isRight(found) && found.right !== sign) [sign, signedAt] = [found.right, clock.elapsed()];
    if (clock.elapsed() - signedAt > DEAF_AFTER_MS) deafUntil = clock.now();
    clock.wakeIn(EARS_EVERY_MS, () => void look());
  };
  void look();
  const notBefore = TE.map((at: number) => Math.max(at, Math.min(deafUntil, clock.now())));
  return {
    touch: presence.touch,
    lastSeen: (tokenId) => notBefore(presence.lastSeen(tokenId)),
    since: () => notBefore(presence.since()),
  };
};
