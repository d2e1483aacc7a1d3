import { either as E, type taskEither as TE } from 'fp-ts';
import { type Chance } from './chance.js';
import { type Timeline } from './timeline.js';

/** What everybody of a world is exposed to. */
export interface Weather {
  readonly chance: Chance;
  readonly time: Timeline;
  /** How likely each thing goes wrong at each call; 0 when the storm is over. */
  readonly trouble: () => number;
}

/** Whoever makes a call: what died goes on with nothing. */
interface Caller {
  readonly isAlive: () => boolean;
}

const SLOW_MS = 400;
const VERY_SLOW_MS = 8_000;

export const goesWrong = ({ chance, trouble }: Weather): boolean => chance.happens(trouble());

const forEver = (): Promise<never> => new Promise(() => undefined);

/** A way across the network: others may be faster, and now and then it takes long. */
const travel = async (weather: Weather, caller: Caller): Promise<void> => {
  const { chance, time } = weather;
  if (goesWrong(weather)) await time.sleep(chance.below(chance.happens(0.1) ? VERY_SLOW_MS : SLOW_MS));
  else await time.turn();
  if (!caller.isAlive()) return forEver();
};

/** Now and then the way is as good as none: so a world costs less, and those who are fast overtake those who are not. */
const perhapsTravel = async (weather: Weather, caller: Caller): Promise<void> => {
  if (weather.chance.happens(0.5)) await travel(weather, caller);
};

/** A call that changes nothing. */
export const asking =
  <L, A>(weather: Weather, caller: Caller, away: L, look: () => E.Either<L, A>): TE.TaskEither<L, A> =>
  async () => {
    if (!caller.isAlive()) return forEver();
    await perhapsTravel(weather, caller);
    return goesWrong(weather) ? E.left(away) : look();
  };

export interface Failures<L> {
  /** Said when it is known that nothing was done. */
  readonly away: L;
  /** Said when nobody knows. */
  readonly unknown: L;
  /** What was given up may still be carried out, later. Default true. */
  readonly mayComeLate?: boolean;
  /** It may be carried out twice. Default false. */
  readonly mayBeDoubled?: boolean;
}

/** A call that changes something: it may be lost, come late, be carried out twice, and its acknowledgement may be lost. */
export const doing =
  <L, A>(
    weather: Weather,
    caller: Caller,
    { away, unknown, mayComeLate = true, mayBeDoubled = false }: Failures<L>,
    effect: () => E.Either<L, A>,
  ): TE.TaskEither<L, A> =>
  async () => {
    const { chance, time } = weather;
    if (!caller.isAlive()) return forEver();
    await perhapsTravel(weather, caller);
    if (goesWrong(weather)) return E.left(away);
    if (goesWrong(weather)) {
      if (mayComeLate && chance.happens(0.5)) time.wakeIn(chance.below(VERY_SLOW_MS), effect);
      return E.left(unknown);
    }
    const answer = effect();
    if (mayBeDoubled && goesWrong(weather)) effect();
    await perhapsTravel(weather, caller);
    return goesWrong(weather) ? E.left(unknown) : answer;
  };
