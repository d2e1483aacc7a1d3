import { z } from 'zod';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type IndexEntry } from '../../ports/read-models.js';
import { type ReadableView } from '../projection/live-reader.js';
import { type View } from '../projection/view.js';

/** Of a request that led to events. */
export const DONE = 'DONE';

/** What became of a request to a writer: the same for every context. */
export const outcome = z.object({
  /** Of the event that is the answer: what a query has to have seen. */
  position: z.number(),
  /** DONE, or the code of the rejection. */
  result: z.string(),
  /** Epoch milliseconds: when the decision was recorded. */
  processedAt: z.number(),
});
export type Outcome = z.infer<typeof outcome>;

export const OUTCOMES = 'outcomes';
/** Raise it when a rule changes: the view is then rebuilt. */
const VERSION = 3;

/** The outcomes of one context as it reads them: with what it tells beside the result. */
export const outcomesOf = <Doc extends Outcome>(schema: z.ZodType<Doc>): ReadableView<Doc> => ({
  name: OUTCOMES,
  version: VERSION,
  schema,
});

/** How the events of one context tell what became of its requests. Ids begin with `{context}/`. */
export interface OutcomeRule {
  readonly context: string;
  readonly streamPrefixes: ReadonlyArray<string>;
  /** The outcomes that follow from this event; none for an event that no request led to. */
  readonly ids: (event: RecordedEvent) => ReadonlyArray<string>;
  /** True where no outcome of this id can stand before the event. */
  readonly creates?: (event: RecordedEvent) => boolean;
  /** Null: there is no outcome (any more). */
  readonly fold: (known: Outcome | null, event: RecordedEvent) => Outcome | null;
  readonly entries?: (outcome: Outcome) => ReadonlyArray<IndexEntry>;
}

const anyOutcome: z.ZodType<Outcome> = outcome.loose();

/** The results of all requests to writers, by context, aggregate, caller and request id. */
export const outcomesView = (rules: ReadonlyArray<OutcomeRule>): View<Outcome> => {
  const ruleFor = ({ streamId }: RecordedEvent): OutcomeRule | undefined =>
    rules.find(({ streamPrefixes }) => streamPrefixes.some((prefix) => streamId.startsWith(prefix)));
  return {
    ...outcomesOf(anyOutcome),
    streamPrefixes: rules.flatMap(({ streamPrefixes }) => streamPrefixes),
    documentIds: (event) => ruleFor(event)?.ids(event) ?? [],
    creates: (event) => ruleFor(event)?.creates?.(event) ?? false,
    fold: (known, event) => {
      const rule = ruleFor(event);
      return rule === undefined ? known : rule.fold(known, event);
    },
    entries: (document, id) => rules.find(({ context }) => id.startsWith(`${context}/`))?.entries?.(document) ?? [],
  };
};
