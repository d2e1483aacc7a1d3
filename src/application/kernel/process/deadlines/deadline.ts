import { type either as E, type taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type RecordedEvent } from '../../../ports/event-store.js';
import { type View } from '../../projection/view.js';

export const kindIn = (id: string): string => {
  const [kind = id] = id.split('/', 1);
  return kind;
};

const deadline = z.object({
  /** `{kind}/{what}`: setting a deadline again moves it. */
  id: z.string(),
  /** Which handler carries it out. */
  kind: z.string(),
  /** What the handler needs to know. */
  ref: z.record(z.string(), z.string()),
  /** Epoch milliseconds. */
  dueAt: z.number(),
  /** However often it is moved, it is never due later than this. */
  cap: z.number().optional(),
  /** Of the request that set it or moved it last: what is done when it comes, is done of that request. */
  correlationId: z.string().optional(),
});

/** Something to be done at a moment, as the events say. It stands until an event moves or ends it. */
export type Deadline = z.infer<typeof deadline>;

/** Not carried out; it is tried again, with back-off or at `notBefore`. */
export interface NotCarriedOut {
  readonly reason: string;
  /** Epoch milliseconds. Where it is given, nothing is wrong: it is only too early. */
  readonly notBefore?: number;
}

/** Done, or not done yet. */
export type CarriedOut = E.Either<NotCarriedOut, void>;

/**
 * Carries out a deadline: publishes a command, or loads, decides and appends. It may be called too often, by several
 * processes, and late; what it leads to must end or move the deadline by an event.
 */
export type DeadlineHandler = (deadline: Deadline, now: number) => TE.TaskEither<NotCarriedOut, void>;

/** By kind. */
export type DeadlineHandlers = Readonly<Record<string, DeadlineHandler>>;

/** The deadlines of one context: a keyed fold of its events. */
export interface DeadlineRule {
  /** Raise it when the rule changes: the view is then built anew. */
  readonly version: number;
  readonly streamPrefixes: ReadonlyArray<string>;
  /** Ids of the deadlines this event sets, moves or ends; none for events of others. */
  readonly ids: (event: RecordedEvent) => ReadonlyArray<string>;
  /** True where no deadline of this id can stand before the event. */
  readonly creates?: (event: RecordedEvent, id: string) => boolean;
  /** Null: nothing is due any more. */
  readonly fold: (deadline: Deadline | null, event: RecordedEvent, id: string) => Deadline | null;
}

/** Everything that is or will be due, in order of time: index `due`, by kind. */
export const deadlinesView = (rules: ReadonlyArray<DeadlineRule>): View<Deadline> => {
  const ruleOf = ({ streamId }: RecordedEvent): DeadlineRule | undefined =>
    rules.find(({ streamPrefixes }) => streamPrefixes.some((prefix) => streamId.startsWith(prefix)));
  return {
    name: 'deadlines',
    version: rules.reduce((sum, { version }) => sum + version, 2),
    schema: deadline,
    streamPrefixes: rules.flatMap(({ streamPrefixes }) => streamPrefixes),
    documentIds: (event) => ruleOf(event)?.ids(event) ?? [],
    creates: (event, id) => ruleOf(event)?.creates?.(event, id) ?? false,
    fold: (known, event, id) => {
      const folded = ruleOf(event)?.fold(known, event, id);
      if (folded === undefined) return known;
      return folded === null || folded === known ? folded : { ...folded, correlationId: event.metadata.correlationId };
    },
    entries: ({ dueAt, kind }) => [{ index: 'due', key: kind, sort: dueAt }],
  };
};
