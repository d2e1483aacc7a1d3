import { z } from 'zod';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** An id: 1–64 of A–Z a–z 0–9 _ -. An integer is read as a string. */
export const id = z
  .preprocess(
    (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value),
    z.string().regex(ID),
  )
  .meta({ type: 'string', pattern: ID.source, example: 'spring-sale', description: 'Integers are read as strings.' });

/** Text for people: no control characters, nothing that is not Unicode. */
export const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** ISO-8601 on the outside, epoch milliseconds on the inside. */
export const timeIn = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));

export const timeOut = z.iso.datetime();

export const iso = (at: number): string => new Date(at).toISOString();

export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** How many at most; 20 when not said. */
export const limit = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(100))
  .default(20)
  .meta({ type: 'integer', minimum: 1, maximum: 100, default: 20 });

export const cursor = z
  .string()
  .regex(/^[\w.~:=+/-]{1,512}$/)
  .optional()
  .meta({ description: 'nextCursor of the page before.' });
