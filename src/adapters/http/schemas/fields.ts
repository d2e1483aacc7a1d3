import { iso, isoOrNull } from '../../../application/kernel/iso.js';
import { z } from 'zod';
import { fault } from '../faults.js';

/** An object with a name in the document. */
export const named = <Shape extends z.ZodRawShape>(
  id: string,
  shape: Shape,
  more: { readonly required?: string[] } = {},
) => z.object(shape).meta({ id, ...more });

/** The challenge policy of something scarce, in and out. */
export const challenge = z
  .enum(['NEVER', 'SUSPICIOUS', 'ALWAYS'])
  .describe(
    'Whether clients that ask for it must solve a challenge first; SUSPICIOUS: only where much was asked from their addresses lately.',
  );

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const ID_EXAMPLE = { examples: ['spring-sale'] };
export const MOST_EXACT = Number.MAX_SAFE_INTEGER;

const read = (value: unknown): unknown =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;

const whole = (issue: { readonly input?: unknown }): string | undefined =>
  Number.isInteger(issue.input) ? fault('INTEGER_TOO_LARGE') : undefined;

/** A string of this pattern; an integer is read as one. */
export const idLike = (pattern: RegExp) =>
  z.preprocess(read, z.string({ error: whole }).regex(pattern)).meta({
    ...ID_EXAMPLE,
    type: ['string', 'integer'],
    pattern: pattern.source,
    minimum: -MOST_EXACT,
    maximum: MOST_EXACT,
    description: 'An integer is read as a string.',
  });

/** An id as callers send it: 1–64 of A–Z a–z 0–9 _ -. An integer is read as a string. */
export const id = idLike(ID);

/** The same for what is created, where paths have words of their own in the place of an id. */
export const idExcept = (...reserved: ReadonlyArray<string>) =>
  idLike(new RegExp(`^(?!(?:${reserved.join('|')})$)${ID.source.slice(1)}`)).meta({
    description: `An integer is read as a string. Reserved: ${reserved.join(', ')}.`,
  });

export const idOut = z.string().regex(ID).meta(ID_EXAMPLE);

export const receiptOut = z
  .string()
  .optional()
  .describe('A signed statement of what was accepted: docs/receipts.md. Absent only while nobody can sign.');

/** Characters as JSON Schema counts them: those of Unicode, however many units they take. */
export const atMost = (longest: number) =>
  z
    .string()
    .check(({ value, issues }) => {
      if (value.length > longest && [...value].length > longest)
        issues.push({ code: 'too_big', origin: 'string', maximum: longest, inclusive: true, input: value });
    })
    .meta({ maxLength: longest });

/** No control characters, no half of a pair: the same with the flag `u` and without, as ECMA-262 has it for JSON Schema. */
const PLAIN = new RegExp(String.raw`^(?:[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])*$`);

/** Text for people: no control characters, nothing that is not Unicode. */
export const text = (longest: number) =>
  atMost(longest)
    .min(1)
    .regex(PLAIN, { error: fault('PLAIN_TEXT') })
    .meta({ maxLength: longest });

/** Whatever the zone, it can be written in UTC with a year of four digits, and is no negative number of milliseconds. */
const IN_RANGE = /^(?!1970-01-01T.*\+|9999-12-31T.*-)(?:19[7-9]|[2-9]\d\d)\d-/;

/** ISO-8601 on the outside, epoch milliseconds on the inside. */
export const timeIn = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: ({ code }) => (code === 'invalid_format' ? fault('TIME_EXPECTED') : undefined),
  })
  .regex(IN_RANGE, { error: fault('TIME_OUT_OF_RANGE') })
  .transform((value) => Date.parse(value))
  .meta({ format: 'date-time', examples: ['2026-12-01T10:00:00+09:00'] });

/** Who asks, and why: for the record. */
export const whoAndWhy = { actor: text(64).exactOptional(), reason: text(500).exactOptional() };

export const timeOut = z.iso.datetime();

export { iso, isoOrNull };

/** No list shows more at once. */
export const MOST_ON_PAGE = 100;

/** How many at most; 20 when not said. */
export const limit = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(MOST_ON_PAGE))
  .default(20)
  .meta({ type: 'integer', minimum: 1, maximum: MOST_ON_PAGE, description: 'How many at most; 20 when not said.' });

/** A list, page by page. */
export const pageOut = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const cursor = z
  .string()
  .regex(/^[\w.~:=+/-]{1,512}$/)
  .exactOptional()
  .describe('nextCursor of the page before.');
