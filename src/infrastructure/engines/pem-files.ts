import { readFileSync } from 'node:fs';
import { either as E } from 'fp-ts';
import { type Config } from '../config/load-config.js';

type Variable = `${'KAFKA' | 'REDIS'}_${'CA' | 'CERT' | 'KEY'}_FILE`;
type Pem = Partial<Record<'ca' | 'cert' | 'key', string>>;

/** The certificates of the files that are named. Left names the variable whose file cannot be read. */
export const pemFiles = (config: Config, engine: 'KAFKA' | 'REDIS'): E.Either<string, Pem> => {
  const variables: Readonly<Record<keyof Pem, Variable>> = {
    ca: `${engine}_CA_FILE`,
    cert: `${engine}_CERT_FILE`,
    key: `${engine}_KEY_FILE`,
  };
  const read: Pem = {};
  for (const part of ['ca', 'cert', 'key'] as const) {
    const variable = variables[part];
    const file = config[variable];
    if (file === undefined) continue;
    try {
      read[part] = readFileSync(file, 'utf8');
    } catch (error) {
      return E.left(`${variable}: ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return E.right(read);
};
