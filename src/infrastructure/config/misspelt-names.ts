import { distance } from 'fastest-levenshtein';

/** Nobody but us has names that begin so: each of them is meant for us. */
const OUR_PREFIXES = ['NAVER_PAY_', 'WAITING_', 'SANDBOX_', 'DATA_PLATFORM_'];

/** What Kubernetes and Docker tell every container of the services around it, whatever those are called. */
const OF_A_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_\w+)?)$/;
const ADDRESS_OF_A_SERVICE = /^(tcp|udp|sctp):\/\//;

/** Other people's, though they look like ours. */
const FOREIGN = ['HTTPS_PORT', 'HTTPS_HOST'];

const isForeign = (name: string, value: string): boolean =>
  OF_A_SERVICE.test(name) || ADDRESS_OF_A_SERVICE.test(value) || FOREIGN.includes(name);

const UNIT = /_(MS|SECONDS)$/;

const isSwapOfNeighbours = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && `${a.slice(0, at)}${a[at + 1]}${a[at]}${a.slice(at + 2)}` === b;
};

const edits = (a: string, b: string): number => (isSwapOfNeighbours(a, b) ? 1 : distance(a, b));

/** A short name has other people's names close by: `HTTP_PROXY` is three from `HTTP_PORT`, `REDIS_PORT` four from `REDIS_URL`. */
const mostEdits = (name: string): number => (name.length < 12 ? 1 : 2);

const isMisspelling = (given: string, known: string): boolean =>
  edits(given, known) <= mostEdits(known) || (UNIT.test(known) && given.replace(UNIT, '') === known.replace(UNIT, ''));

const nearest = (given: string, known: ReadonlyArray<string>): string =>
  known.reduce((best, name) => (edits(given, name) < edits(given, best) ? name : best));

/**
 * The names that are none of ours but were meant to be: next to a known one, or of a prefix that is ours alone; each with
 * the known name nearest to it. Other names are other people's: containers are full of them.
 */
export const misspeltNames = (
  given: Readonly<Record<string, string>>,
  known: ReadonlyArray<string>,
): ReadonlyArray<{ readonly name: string; readonly nearest: string }> =>
  Object.entries(given)
    .filter(([name, value]) => !known.includes(name) && !isForeign(name, value))
    .flatMap(([name]) => {
      const upper = name.toUpperCase();
      const likely = known.filter((one) => isMisspelling(upper, one));
      if (likely.length > 0) return [{ name, nearest: nearest(upper, likely) }];
      const prefix = OUR_PREFIXES.find((one) => upper.startsWith(one));
      if (prefix === undefined) return [];
      const alike = known.filter((one) => one.startsWith(prefix));
      return [{ name, nearest: nearest(upper, alike) }];
    });
