import { isNestedWithin } from '../json-body.js';

/** No body that is taken and no answer is deeper. */
const DEEPEST = 32;

const cut = (length: number): string => JSON.stringify(`(cut: ${length} characters)`);

interface Parsed {
  readonly value: unknown;
}

const parse = (json: string): Parsed | null => {
  try {
    const value: unknown = JSON.parse(json);
    return isNestedWithin(DEEPEST, value) ? { value } : null;
  } catch {
    return null;
  }
};

/** The same value, without the fields of these names, wherever they lie. */
const without = (personal: ReadonlySet<string>, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => without(personal, each));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      personal.has(name) ? '(personal data)' : without(personal, inner),
    ]),
  );
};

interface Field {
  readonly name: string;
  readonly value: string;
}

const sizeOf = ({ name, value }: Field): number => JSON.stringify(name).length + value.length + 2;

/** Null: its longest values are left out, and there are still too many. */
const shortened = (value: object, most: number): string | null => {
  const fields = Object.entries(value).map(([name, inner]): Field => ({ name, value: JSON.stringify(inner) }));
  const longestFirst = fields.toSorted((one, other) => other.value.length - one.value.length);
  let size = fields.reduce((sum, field) => sum + sizeOf(field), 1);
  const short = new Map<string, string>();
  for (const { name, value: text } of longestFirst) {
    if (size <= most) break;
    const instead = cut(text.length);
    size += instead.length - text.length;
    short.set(name, instead);
  }
  if (size > most) return null;
  return `{${fields.map(({ name, value: text }) => `${JSON.stringify(name)}:${short.get(name) ?? text}`).join(',')}}`;
};

/**
 * What is kept of a JSON text, without the fields that are `personal`: all of it if it has at most `most` characters. Of a larger object the longest
 * values are left out first, each replaced by its length. What is larger and no object, or has too many fields, is left out as a whole,
 * and so is what is no JSON, for nobody knows what is in it. Null: there is nothing.
 */
export const excerpt = (json: string, most: number, personal: ReadonlySet<string>): string | null => {
  if (json === '') return null;
  const parsed = parse(json);
  if (parsed === null) return cut(json.length);
  const value = without(personal, parsed.value);
  const text = JSON.stringify(value);
  if (text.length <= most) return text;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return (isObject ? shortened(value, most) : null) ?? cut(text.length);
};
