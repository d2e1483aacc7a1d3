import { either as E } from 'fp-ts';
import { jsonOf } from '../../../application/kernel/json-of.js';
import { type ActingRole } from '../../../application/operating/audit-trail/acts.js';
import { type RecordActs } from '../../../application/operating/audit-trail/record-acts.js';
import { type Caller } from '../../../application/ports/identity.js';
import { type Answer, problem, type Written } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { isNestedWithin } from '../json-body.js';
import { tryAgain } from '../problems.js';
import { type Route, type Serve } from '../route.js';
import { pathOf, queryOf } from '../target.js';

/** No body that is taken and no answer is deeper. */
const DEEPEST = 32;

const cut = (length: number): string => JSON.stringify(`(cut: ${length} characters)`);

/** The same value, without the fields of these names, wherever they lie. */
const without = (personal: ReadonlySet<string>, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => without(personal, each));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      personal.has(name) ? '(personal data)' : without(personal, inner),
    ]),
  );
};

interface Field {
  readonly name: string;
  readonly value: string;
}

const sizeOf = ({ name, value }: Field): number => JSON.stringify(name).length + value.length + 2;

/** Null: its longest values are left out, and there are still too many. */
const shortened = (value: object, most: number): string | null => {
  const fields = Object.entries(value).map(([name, inner]): Field => ({ name, value: JSON.stringify(inner) }));
  const longestFirst = fields.toSorted((one, other) => other.value.length - one.value.length);
  let size = fields.reduce((sum, field) => sum + sizeOf(field), 1);
  const short = new Map<string, string>();
  for (const { name, value: text } of longestFirst) {
    if (size <= most) break;
    const instead = cut(text.length);
    size += instead.length - text.length;
    short.set(name, instead);
  }
  if (size > most) return null;
  return `{${fields.map(({ name, value: text }) => `${JSON.stringify(name)}:${short.get(name) ?? text}`).join(',')}}`;
};

/**
 * What is kept of a JSON text, without the fields that are `personal`: all of it if it has at most `most` characters. Of a larger object the longest
 * values are left out first, each replaced by its length. What is larger and no object, or has too many fields, is left out as a whole,
 * and so is what is no JSON, for nobody knows what is in it. Null: there is nothing.
 */
export const excerpt = (json: string, most: number, personal: ReadonlySet<string>): string | null => {
  if (json === '') return null;
  const parsed = jsonOf(json);
  if (parsed === undefined || !isNestedWithin(DEEPEST, parsed)) return cut(json.length);
  const value = without(personal, parsed);
  const text = JSON.stringify(value);
  if (text.length <= most) return text;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return (isObject ? shortened(value, most) : null) ?? cut(text.length);
};

/** Of what was asked, and of how it was before and after. Characters. */
const SMALL = 1_024;

interface Actor {
  readonly subject: string;
  readonly role: ActingRole;
}

/**
 * Whose acts are recorded. What a service does for its users during a sale is an act of the users, and is recorded in the events
 * of the sale. Without authentication, only calls that are for operators are recorded.
 */
const actorOf = (caller: Caller, { access, isSaleFlow }: Route): Actor | null => {
  switch (caller.kind) {
    case 'service':
      return isSaleFlow === true ? null : { subject: caller.name, role: caller.kind };
    case 'viewer':
    case 'operator':
      return { subject: caller.name, role: caller.kind };
    case 'local':
      return typeof access === 'string' && access !== 'public' ? { subject: 'local', role: 'operator' } : null;
    case 'user':
    case 'anonymous':
      return null;
  }
};

/** Personal data of users, who may have them erased: they are left out, because records of the shop's acts are kept. */
const PERSONAL = ['shipping'];
/** What is said in one's own words about a user, in a call about them or theirs. */
const FREE_TEXTS = ['reason'];

const isAboutUser = ({ path }: Route): boolean => /:(userId|orderId|paymentId)\b/.test(path);

/** What is no read and has no body says in its query why it is to be. */
const askedIn = async (exchange: Exchange, personal: ReadonlySet<string>): Promise<string | null> => {
  if (!exchange.hasBody) {
    const query = exchange.isRead ? {} : queryOf(exchange.target);
    return Object.keys(query).length === 0 ? null : excerpt(JSON.stringify(query), SMALL, personal);
  }
  const body = await exchange.body;
  return E.isRight(body) ? excerpt(body.right.toString('utf8'), SMALL, personal) : null;
};

const shownIn = (answer: Written, personal: ReadonlySet<string>): string | null =>
  answer.status < 300 ? excerpt(answer.body, SMALL, personal) : null;

/** How the thing itself is read: at the same address, or at the one it is a step of. */
const readerOf = (routes: ReadonlyArray<Route>, { path }: Route): Serve | null => {
  const parent = path.slice(0, path.lastIndexOf('/'));
  const isWhere = ({ method, path: at }: Route): boolean => method === 'get' && (at === path || at === parent);
  return path.includes('/:') ? (routes.find(isWhere)?.serve ?? null) : null;
};

const before = async (
  read: Serve | null,
  exchange: Exchange,
  params: unknown,
  personal: ReadonlySet<string>,
): Promise<string | null> => {
  if (read === null) return null;
  const seen = await read(exchange, params);
  return 'body' in seen ? shownIn(seen, personal) : null;
};

/**
 * An act of the shop's people and machines is recorded before it is done, and is not done where it cannot be; then what
 * was answered. Of what was handed over it says only that it was. Fields that are `marked` are left out, like personal data.
 */
export const recordAct =
  (acts: RecordActs, routes: ReadonlyArray<Route>, marked: ReadonlyArray<string> = []) =>
  (route: Route, serve: Serve): Serve => {
    const isRead = route.method === 'get';
    if (isRead && route.isDisclosure !== true) return serve;
    const personal = new Set([...PERSONAL, ...marked, ...(isAboutUser(route) ? FREE_TEXTS : [])]);
    const read = isRead ? null : readerOf(routes, route);
    return async (exchange, params) => {
      const actor = actorOf(exchange.caller, route);
      if (actor === null) return serve(exchange, params);
      const begun = await acts.begin({
        ...actor,
        route: `${route.method.toUpperCase()} ${route.path}`,
        target: pathOf(exchange.target),
        requestId: exchange.requestId,
        asked: await askedIn(exchange, personal),
        before: await before(read, exchange, params, personal),
      })();
      if (E.isLeft(begun)) return problem(tryAgain('UNAVAILABLE'), exchange.language);
      const end = (status: number, after: string | null): void =>
        acts.end({ actId: begun.right, requestId: exchange.requestId, status, after });
      const answered = (answer: Answer): Answer => {
        if ('taken' in answer || 'bytes' in answer) return answer;
        if ('status' in answer) {
          end(answer.status, isRead ? null : shownIn(answer, personal));
          return answer;
        }
        return {
          run: async (progress) => {
            const last = await answer.run(progress);
            end('lastLine' in last ? 200 : last.status, null);
            return last;
          },
        };
      };
      return answered(await serve(exchange, params));
    };
  };
