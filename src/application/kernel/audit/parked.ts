import { either as E, taskEither as TE } from 'fp-ts';
import { type ParkedStream } from '../process/parked-streams-view.js';
import { whenUnreadable } from '../writer/load-aggregate.js';
import { type Audit, type Check, type Verdict, verdictOf } from './audit.js';
import { type Finding } from './finding.js';

/** Every stream that some consumer skips. */
export type ListParkedStreams = TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, ReadonlyArray<ParkedStream>>;

const parkedFinding = (streamId: string, detail: string): Finding => ({
  kind: 'PARKED_STREAM',
  subject: streamId,
  detail,
  remedy: { action: 'NONE' },
});

/** A stream that is passed over is a promise not kept for now; only an operator knows when it can be read again. */
export const parkedFindings = (parked: ReadonlyArray<ParkedStream>): ReadonlyArray<Finding> =>
  parked.map(({ consumer, streamId, revision, eventType, reason }) =>
    parkedFinding(streamId, `${consumer} passes it over from revision ${revision} (${eventType}) on: ${reason}`),
  );

/** In place of findings: nothing is concluded from what is left of a stream that this version cannot read. */
export const unjudgedFindings = whenUnreadable(({ recorded, message }): ReadonlyArray<Finding> => [
  parkedFinding(recorded.streamId, `what it is about cannot be judged: ${message}`),
]);

/** What an audit finds of its subject. */
export const findingsOf = (
  subject: string,
  audit: Promise<Pick<Audit<unknown, never>, 'findings'> | null>,
): Promise<ReadonlyArray<Finding>> => audit.then((known) => known?.findings(subject) ?? []).catch(unjudgedFindings);

/** In place of a verdict: a FAIL that says so, and nothing else. */
export const unjudged = whenUnreadable(({ message }) =>
  E.right(verdictOf([{ name: 'every event of it can be read', ok: false, detail: `it cannot be judged: ${message}` }])),
);

const parkedCheck = (parked: ReadonlyArray<ParkedStream>): Check => ({
  name: 'no consumer skips a stream of it',
  ok: parked.length === 0,
  detail:
    parked.length === 0
      ? 'none is parked'
      : parked.map(({ consumer, streamId, reason }) => `${consumer} skips ${streamId}: ${reason}`).join(', '),
});

/** The same verdict, with the rule that none of `streams` is parked. */
export const withParked =
  (list: ListParkedStreams) =>
  <A extends Verdict>(verified: A, streams: ReadonlySet<string>): TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, A> =>
    TE.map((all: ReadonlyArray<ParkedStream>) => ({
      ...verified,
      ...verdictOf([...verified.checks, parkedCheck(all.filter(({ streamId }) => streams.has(streamId)))]),
    }))(list);
