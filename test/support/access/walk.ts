import { z } from 'zod';
import { allowedBySpecification } from './specification.js';

const document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** Kinds of callers a shop meets, and what each shows; undefined: nothing. All that names a user is ana's, not ben's. */
export interface Credentials {
  readonly ana: string;
  readonly ben: string;
  readonly service: string;
  readonly viewer: string;
  readonly operator: string;
  /** Credentials that name nobody, by what is wrong with them. */
  readonly bad: Readonly<Record<string, string | undefined>>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every call of a server, as its own documentation lists them; throws where it lists none. */
const callsOf = async (url: string): Promise<ReadonlyArray<readonly [string, string]>> => {
  const { paths } = document.parse(await (await fetch(`${url}/openapi.json`)).json());
  if (Object.keys(paths).length === 0) throw new Error('There is no call to be made');
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => METHODS.includes(method))
      .map((method) => [method, path] as const),
  );
};

const filledIn = (path: string): string => path.replace('{userId}', 'ana').replace(/\{\w+\}/g, 'none');

/** What a call is answered with; 0 for a stream, which is left. */
const statusOf = async (url: string, method: string, path: string, credential?: string): Promise<number> => {
  const query = /^get /.test(`${method} `) && path.endsWith('/issue-status') ? '?userId=ana' : '';
  const response = await fetch(`${url}${filledIn(path)}${query}`, {
    method: method.toUpperCase(),
    headers: {
      ...(method !== 'get' && method !== 'delete' && { 'content-type': 'application/json' }),
      ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
    },
    ...(method !== 'get' && method !== 'delete' && { body: '{"userId":"ana"}' }),
  });
  await response.body?.cancel();
  return response.status;
};

const REFUSED = [401, 403];

type Is = (status: number) => boolean;
const served: Is = (status) => !REFUSED.includes(status) && status !== 429 && status < 500;

const walking = (url: string) => {
  const wrong: string[] = [];
  const expecting = (method: string, path: string) => async (who: string, credential: string | undefined, is: Is) => {
    const status = await statusOf(url, method, path, credential);
    if (!is(status)) wrong.push(`${method.toUpperCase()} ${path} by ${who}: ${status}`);
  };
  return { wrong, expecting };
};

/** What credentials that name nobody open, and should not, or the other way round. Empty: all is as the specification has it. */
export const walkWithBad = async (url: string, bad: Credentials['bad']): Promise<ReadonlyArray<string>> => {
  const { wrong, expecting } = walking(url);
  for (const [method, path] of await callsOf(url))
    for (const [what, credential] of Object.entries(bad)) {
      const isPublic = allowedBySpecification(method, path) === 'public';
      // One that has expired is no guess: whoever shows it is told to renew it, however long the address has to wait.
      const mayHaveToWait = credential !== undefined && what !== 'an expired token';
      const isRefused: Is = (status) => status === 401 || (mayHaveToWait && status === 429);
      await expecting(method, path)(what, credential, isPublic ? served : isRefused);
    }
  return wrong;
};

/** What is not as the specification has it: route, caller, answer. Empty: all is. */
export const walkAccess = async (url: string, credentials: Credentials): Promise<ReadonlyArray<string>> => {
  // First, so that the address has to wait: keys and tokens that are good are taken from it all the same.
  const byBad = await walkWithBad(url, credentials.bad);
  const { wrong, expecting } = walking(url);
  const calls = await callsOf(url);
  for (const [method, path] of calls) {
    const allowed = allowedBySpecification(method, path);
    const expect = expecting(method, path);
    for (const who of ['service', 'viewer', 'operator'] as const)
      await expect(
        who,
        credentials[who],
        allowed === 'public' || allowed.includes(who) ? served : (status) => status === 403,
      );
    const isTheirs = allowed === 'public' || allowed.includes('user');
    await expect('its user', credentials.ana, isTheirs ? served : (status) => status === 403);
    const toOther = (status: number): boolean => (isTheirs ? status === 404 || status === 403 : status === 403);
    await expect('another user', credentials.ben, allowed === 'public' ? served : toOther);
  }
  return [...byBad, ...wrong];
};
