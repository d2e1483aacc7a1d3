import { SECRETS } from '../config/secret-files.js';

const HIDDEN = '(secret)';
/** Shorter ones would be found in ordinary words. */
const SHORTEST = 4;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Of an address the password and what follows the host, where a webhook has its token; anything else is secret as a whole. */
const partsOf = (value: string): ReadonlyArray<string> => {
  const [, authority, rest = ''] = /^[\w+.-]+:\/\/([^/?#]*)(.*)$/s.exec(value) ?? [];
  if (authority === undefined) return [value];
  const password = /^[^:@]*:(.*)@/.exec(authority)?.[1] ?? '';
  return [password, decoded(password), ...(value.startsWith('http') ? [rest] : [])];
};

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * Replaces in a text whatever is secret in a configuration: an error of a library may carry the command that failed, or the
 * address it was sent to.
 */
export const hideSecrets = (config: Readonly<Record<string, unknown>>): ((text: string) => string) => {
  const values = SECRETS.map((name) => config[name]).filter((value) => typeof value === 'string');
  const parts = values.flatMap(partsOf).filter((part) => part.length >= SHORTEST);
  const secrets = [...new Set(parts.flatMap((part) => [part, inJson(part)]))].toSorted((a, b) => b.length - a.length);
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
};
