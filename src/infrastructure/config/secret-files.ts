import { readFileSync } from 'node:fs';
import { inWords } from '../system/in-words.js';

/** What nobody else may learn: each can also be given as the path of a file, in the variable `NAME_FILE`. */
export const SECRETS: ReadonlyArray<string> = [
  'ADMIN_TOKEN',
  'CHALLENGE_SECRET',
  'TURNSTILE_SECRET',
  'KEYS_SECRET',
  'PERSONAL_DATA_KEY',
  'EVENTSTORE_URL',
  'REDIS_URL',
  'REDIS_SENTINEL_PASSWORD',
  'KAFKA_SASL_PASSWORD',
  'NAVER_PAY_CLIENT_SECRET',
  'ALERT_WEBHOOK_URL',
];

export const secretFiles: ReadonlyArray<string> = SECRETS.map((name) => `${name}_FILE`);

interface Read {
  readonly given: Readonly<Record<string, string>>;
  readonly faults: ReadonlyArray<string>;
}

/** The variables with every secret that stands in a file; a line break at its end is none of it. */
export const readSecretFiles = (variables: Readonly<Record<string, string>>): Read => {
  const given: Record<string, string> = { ...variables };
  const faults: string[] = [];
  for (const name of SECRETS) {
    const path = variables[`${name}_FILE`];
    if (path === undefined) continue;
    delete given[`${name}_FILE`];
    if (variables[name] !== undefined) {
      faults.push(`${name}_FILE: ${name} is set as well; one of the two`);
      continue;
    }
    try {
      given[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      faults.push(`${name}_FILE: cannot be read: ${inWords(error)}`);
    }
  }
  return { given, faults };
};
