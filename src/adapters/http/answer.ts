import { either as E, type taskEither as TE } from 'fp-ts';
import { type Exchange } from './exchange.js';
import { worded } from './faults.js';
import { type Language } from './language.js';
import { messages } from './messages.js';
import { type ProblemCode, type Refusal, refused, statusOf } from './problems.js';

/** What the use case found, as it is shown, or why it did not. */
export const found = async <A>(
  call: TE.TaskEither<{ readonly code: ProblemCode | 'INVALID_CURSOR' }, A>,
  { language }: Exchange,
  shown: (answer: A) => unknown = (answer) => answer,
): Promise<Written> => {
  const answer = await call();
  return E.isLeft(answer) ? problem(refused(answer.left.code), language) : json(200, shown(answer.right));
};

export type Headers = Readonly<Record<string, string>>;

/** A whole answer, ready to be sent, or kept and sent again. */
export interface Written {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Of the problem it tells of. */
  readonly code?: ProblemCode;
  /** What it tells will be otherwise a moment later, by itself. */
  readonly isMoving?: boolean;
}

/** A file as it was read: the same bytes for everybody who is sent it, so that a slow reader holds no copy. */
export interface FileAnswer {
  readonly status: 200;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** An answer that takes long: progress as lines, then its last line. Nothing is sent before the first of them. */
export interface Streamed {
  readonly run: (progress: (line: object) => void) => Promise<Written | { readonly lastLine: object }>;
}

/** Whoever made this answer is writing it, and goes on writing: there is nothing left to send. */
export interface Taken {
  readonly taken: true;
}
export const taken: Taken = { taken: true };

export type Answer = Written | FileAnswer | Streamed | Taken;

const JSON_TYPE = 'application/json; charset=utf-8';

export const json = (status: number, body: unknown, headers: Headers = {}): Written => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});

export const pageOf =
  <A, B>(shown: (one: A) => B) =>
  ({ items, nextCursor }: { readonly items: ReadonlyArray<A>; readonly nextCursor: string | null }) => ({
    items: items.map(shown),
    nextCursor,
  });

/** An answer in JSON with its receipt. That is most of the answer, and JSON need not look through it: nothing in it is escaped. */
export const withReceipt = (answer: Written, receipt: string | undefined): Written =>
  receipt === undefined ? answer : { ...answer, body: `${answer.body.slice(0, -1)},"receipt":"${receipt}"}` };

/** Marks an answer that will change by itself: a repeated request gets a new answer instead of this one. */
export const moving = (answer: Written): Written => ({ ...answer, isMoving: true });

/** RFC 9457, in the reader's language: nobody keeps it for other readers. */
export const problem = ({ code, fields, errors, headers }: Refusal, language: Language): Written => {
  const [title, detail] = messages[language].problems[code];
  const status = statusOf(code);
  const said = errors?.map(({ path, message }) => ({ path, message: worded(message, language) }));
  return {
    status,
    code,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
    body: JSON.stringify({
      type: `/docs#${code}`,
      title,
      status,
      detail,
      code,
      ...(said && { errors: said }),
      ...fields,
    }),
  };
};
