import { either as E } from 'fp-ts';
import { type Decider } from '../../src/domain/decider.js';

interface Outcome<Event, Rejection> {
  /** Exactly these events, in this order. */
  readonly then: (...events: ReadonlyArray<Event>) => void;
  readonly thenNothing: () => void;
  readonly thenRejected: (rejection: Rejection) => void;
}

/** Business sentences over a decider: what happened, what is asked, what follows. */
export const sentences =
  <State, Command, Event, Rejection>({ initial, evolve, decide }: Decider<State, Command, Event, Rejection>) =>
  (...history: ReadonlyArray<Event>) => ({
    when: (command: Command): Outcome<Event, Rejection> => {
      const outcome = decide(command, history.reduce(evolve, initial));
      return {
        then: (...events) => expect(outcome).toStrictEqual(E.right(events)),
        thenNothing: () => expect(outcome).toStrictEqual(E.right([])),
        thenRejected: (rejection) => expect(outcome).toStrictEqual(E.left(rejection)),
      };
    },
  });
