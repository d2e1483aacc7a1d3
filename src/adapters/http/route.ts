import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Answer, problem } from './answer.js';
import { type Exchange } from './exchange.js';
import { type Access, speakFor } from './identity/access.js';
import { jsonBody } from './json-body.js';
import { type ProblemCode, type Refusal, type FieldError, invalidRequest } from './problems.js';
import { queryOf } from './target.js';
import { type Language } from './language.js';

const korean = z.locales.ko().localeError;

const fieldErrors = (error: z.ZodError): ReadonlyArray<FieldError> =>
  error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));

/** What the schema makes of a value, or every fault of it in the reader's language. */
const validate = <S extends z.ZodType>(
  schema: S,
  value: unknown,
  reader: { readonly language: Language },
): E.Either<Refusal, z.output<S>> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return E.right(parsed.data);
  // The words are looked for only now that they are needed.
  const worded = reader.language === 'ko' ? schema.safeParse(value, { error: korean }) : parsed;
  return E.left(invalidRequest(...fieldErrors(worded.error ?? parsed.error)));
};

/** For a route without params, query or body: then nothing is read. */
export const nothing = z.object({});

/** Answered also when there is too much to do: how else would one see it. */
export const isAlwaysAnswered = (path: string): boolean => /^\/(health|metrics|admin)(\/|$)/.test(path);

export interface AnswerDoc {
  readonly description: string;
  /** Absent where there is no body. */
  readonly schema?: z.ZodType;
  /** Default application/json. */
  readonly contentType?: string;
  /** Names of headers it always has, beside X-Request-Id. */
  readonly headers?: ReadonlyArray<string>;
  /** Names of headers it may have. */
  readonly sometimes?: ReadonlyArray<string>;
}

interface Description<P, Q, B> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** `:name` stands for a parameter. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Who may make this call. */
  readonly access: Access;
  /** A call that users, or a service for them, make by the thousand in a sale: the audit trail leaves it out. */
  readonly isSaleFlow?: true;
  /** A read that hands over so much of somebody that it counts as an act: the audit trail records it. */
  readonly isDisclosure?: true;
  /** A ticket in the query may stand for the credential of the user. */
  readonly takesTickets?: true;
  /** Headers it listens to, and what for. */
  readonly listensTo?: Readonly<Record<string, string>>;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly answers: Readonly<Record<number, AnswerDoc>>;
  /** Beside those any call may have. */
  readonly problems: ReadonlyArray<ProblemCode>;
}

export type Serve = (exchange: Exchange, params: unknown) => Promise<Answer>;

/** A call as it is routed, documented and answered: all from one description. */
export interface Route extends Description<z.ZodType, z.ZodType, z.ZodType> {
  readonly serve: Serve;
}

/** What a caller may send, as far as a call takes it: what is left out is not read. */
export interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Omit<
  Description<P, Q, B>,
  'params' | 'query' | 'body'
> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly handle: (
    input: { readonly params: z.output<P>; readonly query: z.output<Q>; readonly body: z.output<B> },
    exchange: Exchange,
  ) => Promise<Answer>;
}

type Nothing = typeof nothing;

/** Reads and validates what the description says, then hands it on; what is not as described never gets there. */
export function route<P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
  spec: RouteSpec<P, Q, B>,
): Route;
export function route(spec: RouteSpec<z.ZodType, z.ZodType, z.ZodType>): Route {
  const { handle, ...given } = spec;
  const description = { params: nothing, query: nothing, body: nothing, ...given };
  const { method, access } = description;
  const serve: Serve = async (exchange, found) => {
    const refuse = ({ left }: E.Left<Refusal>): Answer => problem(left, exchange.language);
    const params = validate(description.params, found, exchange);
    if (E.isLeft(params)) return refuse(params);
    const asked = speakFor(exchange.caller, access, queryOf(exchange.target));
    if (E.isLeft(asked)) return refuse(asked);
    const query = validate(description.query, asked.right, exchange);
    if (E.isLeft(query)) return refuse(query);
    const json = method === 'get' || method === 'delete' ? E.right({}) : await jsonBody(exchange);
    if (E.isLeft(json)) return refuse(json);
    const said = speakFor(exchange.caller, access, json.right);
    if (E.isLeft(said)) return refuse(said);
    const body = validate(description.body, said.right, exchange);
    if (E.isLeft(body)) return refuse(body);
    return handle({ params: params.right, query: query.right, body: body.right }, exchange);
  };
  return { ...description, serve };
}
