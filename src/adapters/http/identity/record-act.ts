import { either as E } from 'fp-ts';
import { type ActingRole } from '../../../application/operating/audit-trail/acts.js';
import { type RecordActs } from '../../../application/operating/audit-trail/record-acts.js';
import { type Caller } from '../../../application/ports/identity.js';
import { type Answer, problem, type Written } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { tryAgain } from '../problems.js';
import { excerpt } from './excerpt.js';
import { type Route, type Serve } from '../route.js';
import { pathOf } from '../target.js';

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

const askedIn = async (exchange: Exchange, personal: ReadonlySet<string>): Promise<string | null> => {
  if (!exchange.hasBody) return null;
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
