import { parse as parseQuery } from 'node:querystring';

const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * The path and query of a request's target, beginning with one slash, whatever came. An absolute target (RFC 9112) is read
 * without its authority, which may be nonsense that no parser takes. Never throws.
 */
export const originForm = (target: string): string =>
  target.startsWith('/') ? target : `/${target.replace(AUTHORITY, '').replace(/^\/+/, '')}`;

/** The path alone, as it came. */
export const pathOf = (target: string): string => {
  const [path = '/'] = originForm(target).split('?', 1);
  return path;
};

/** The parameters of the query: a text each, or several where a name stands there several times. */
export const queryOf = (target: string): Readonly<Record<string, string | ReadonlyArray<string> | undefined>> => {
  const from = target.indexOf('?');
  return from < 0 ? {} : { ...parseQuery(target.slice(from + 1)) };
};
