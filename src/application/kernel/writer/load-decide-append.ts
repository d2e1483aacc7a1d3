import { either as E, type taskEither as TE } from 'fp-ts';
import { type Decider } from '../../../domain/decider.js';
import {
  type AppendError,
  BEGINNING,
  type EventBody,
  type EventMetadata,
  NO_STREAM,
  type Position,
  type Revision,
} from '../../ports/event-store.js';
import { type Aggregate, type Loaded } from './aggregate.js';
import { appendSurely } from './append-surely.js';
import { eventId } from './event-ids.js';
import { loadAggregate, type LoadAggregatePorts, readAggregate } from './load-aggregate.js';

export interface Handled<State, Event> {
  readonly state: State;
  /** Empty when the command had been carried out before. */
  readonly events: ReadonlyArray<Event>;
  /** Of the last event of the stream, appended now or by the command before: what a query has to have seen. BEGINNING when there is none. */
  readonly position: Position;
  /** Of the same event. */
  readonly revision: Revision;
}

/** An aggregate as somebody has just read or written it. */
export type AsKnown<State> = Pick<Loaded<State>, 'state' | 'revision'>;

/** As it is before its first event: for a stream that nobody has written to, as far as the caller knows. */
export const presumedNew = <State>({ initial }: { readonly initial: State }): AsKnown<State> => ({
  state: initial,
  revision: NO_STREAM,
});

export type HandlingError<Rejection> =
  | { readonly error: 'Rejected'; readonly rejection: Rejection }
  /** Others kept writing faster, or the store is away: nothing was written. */
  | { readonly error: 'Contended' | 'EventStoreUnavailable' }
  /** It may have been written: the same command again, with the same `commandId`, will tell. */
  | { readonly error: 'AppendOutcomeUnknown' };

/** What a use case answers of it. `id` is what to ask for, or to repeat with, while nobody knows whether it was carried out. */
export const failure = <Rejection, Id extends object>(
  error: HandlingError<Rejection>,
  id: Id,
): { readonly code: Rejection } | { readonly code: 'UNAVAILABLE' } | ({ readonly code: 'OUTCOME_UNKNOWN' } & Id) => {
  switch (error.error) {
    case 'Rejected':
      return { code: error.rejection };
    case 'AppendOutcomeUnknown':
      return { code: 'OUTCOME_UNKNOWN', ...id };
    case 'Contended':
    case 'EventStoreUnavailable':
      return { code: 'UNAVAILABLE' };
  }
};

export interface Handling<Command, State> {
  readonly streamId: string;
  readonly command: Command;
  /** Saves reading the stream. It may be out of date: what it leads to is appended behind it, or decided again. */
  readonly known?: AsKnown<State> | undefined;
  /** Event ids are derived from it: the same command is carried out once. */
  readonly commandId: string;
  readonly metadata: EventMetadata;
}

const DECISIONS = 10;

const failed = (error: AppendError) => ({ error: error === 'RevisionConflict' ? 'Contended' : error }) as const;

/**
 * One command on one aggregate: load, decide, append where it was loaded. When somebody else wrote in between, load and
 * decide again, a bounded number of times.
 */
export const loadDecideAppend =
  (ports: LoadAggregatePorts) =>
  <State, Command, Event extends EventBody, Rejection>(
    decider: Decider<State, Command, Event, Rejection>,
    aggregate: Aggregate<State, Event>,
  ) =>
  ({
    streamId,
    command,
    known,
    commandId,
    metadata,
  }: Handling<Command, State>): TE.TaskEither<HandlingError<Rejection>, Handled<State, Event>> =>
  async () => {
    // An empty stream is most often new. If it only dropped its events, the append is refused, and its revision is asked for then.
    let load = readAggregate(ports);
    for (let decisions = 1; ; decisions++) {
      const isKnown = known !== undefined && decisions === 1;
      const loaded: E.Either<'EventStoreUnavailable', AsKnown<State> & Pick<Loaded<State>, 'position'>> = isKnown
        ? E.right(known)
        : await load(aggregate, streamId)();
      if (E.isLeft(loaded)) return E.left({ error: loaded.left });
      const { revision } = loaded.right;
      const decision = decider.decide(command, loaded.right.state);
      // Only an append shows whether what was known is still so.
      if (isKnown && (E.isLeft(decision) || decision.right.length === 0)) continue;
      if (E.isLeft(decision)) return E.left({ error: 'Rejected', rejection: decision.left });
      const events = decision.right;
      const state = events.reduce(decider.evolve, loaded.right.state);
      if (events.length === 0)
        return E.right({ state, events, position: loaded.right.position ?? BEGINNING, revision });
      const identified = events.map((event, index) => ({ id: eventId(streamId, commandId, index), event, metadata }));
      const appended = await appendSurely(ports.eventStore)(streamId, revision, identified)();
      if (E.isRight(appended)) {
        const { position, revision: at } = appended.right;
        return E.right({ state, events, position, revision: at });
      }
      if (appended.left !== 'RevisionConflict' || decisions === DECISIONS) return E.left(failed(appended.left));
      load = loadAggregate(ports);
    }
  };
