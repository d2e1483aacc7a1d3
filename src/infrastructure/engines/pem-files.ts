import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { either as E } from 'fp-ts';
import { type Config } from '../config/load-config.js';
import { inWords } from '../system/in-words.js';

const PARTS = [
  ['ca', 'CA_FILE'],
  ['cert', 'CERT_FILE'],
  ['key', 'KEY_FILE'],
] as const;

/**
 * The certificates of the files that are named, as the files are whenever a connection is made: a certificate that was renewed
 * counts from the next one on. While the files cannot be used, what they were before is. Left names the variable that is wrong.
 */
export const pemFiles = (
  config: Config,
  engine: 'KAFKA' | 'REDIS',
): E.Either<string, { readonly secureContext?: SecureContext }> => {
  const named = PARTS.flatMap(([part, suffix]) => {
    const variable = `${engine}_${suffix}` as const;
    const file = config[variable];
    return file === undefined ? [] : [{ part, variable, file }];
  });
  const read = (): E.Either<string, SecureContext> => {
    const pem: { [Part in (typeof PARTS)[number][0]]?: string } = {};
    for (const { part, variable, file } of named)
      try {
        pem[part] = readFileSync(file, 'utf8');
      } catch (error) {
        return E.left(`${variable}: ${file} cannot be read: ${inWords(error)}`);
      }
    return E.tryCatch(
      () => createSecureContext(pem),
      (error) => `${named.map(({ variable }) => variable).join(', ')}: cannot be used: ${inWords(error)}`,
    );
  };
  if (named.length === 0) return E.right({});
  return E.map((first: SecureContext) => {
    let last = first;
    return {
      get secureContext() {
        return (last = E.getOrElse(() => last)(read()));
      },
    };
  })(read());
};
