import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Language } from './messages.js';
import { type FieldError, invalidRequest, type Refusal } from './problems.js';

const korean = z.locales.ko().localeError;

const fieldErrors = (error: z.ZodError): ReadonlyArray<FieldError> =>
  error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));

/** What the schema makes of a value, or every fault of it in the reader's language. */
export const validate = <S extends z.ZodType>(
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
