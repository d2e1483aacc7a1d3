import { type either as E } from 'fp-ts';

/** A command with the fields of the event it leads to, or with those of them that its sender knows. */
export type CommandFrom<Fact, Type extends string> = Omit<Fact, 'type'> & { readonly type: Type };

/** What a command leads to, or why it does not. */
export type Decided<Event, Rejection = never> = E.Either<Rejection, ReadonlyArray<Event>>;

/**
 * A pure aggregate: what a command leads to (`decide`) and what an event changes (`evolve`).
 * After Jérémie Chassaing, "Functional Event Sourcing Decider". Repeating a command that has already
 * been carried out decides no events.
 */
export interface Decider<State, Command, Event, Rejection> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => Decided<Event, Rejection>;
}
