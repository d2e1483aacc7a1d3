import { z } from 'zod';

const object = z.record(z.string(), z.unknown());

/** Personal data of users, who may have them erased: they are left out, because records of the shop's acts are kept. */
const PERSONAL: ReadonlySet<string> = new Set(['shipping']);

const cut = (length: number): string => JSON.stringify(`(cut: ${length} characters)`);
const omitted = JSON.stringify('(personal data)');

const fieldsOf = (json: string): Readonly<Record<string, unknown>> | null => {
  try {
    return object.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
};

interface Field {
  readonly name: string;
  readonly value: string;
}

const sizeOf = ({ name, value }: Field): number => JSON.stringify(name).length + value.length + 2;

/**
 * What is kept of a JSON text: all of it if it has at most `most` characters. Of a larger object the longest values are left out first,
 * each replaced by its length; a text that is not an object, or has too many fields, is left out as a whole. Null: there is nothing.
 */
export const excerpt = (json: string, most: number): string | null => {
  if (json === '') return null;
  const parsed = fieldsOf(json);
  if (parsed === null) return json.length <= most ? json : cut(json.length);
  const fields = Object.entries(parsed).map(([name, value]): Field => {
    const text = JSON.stringify(value);
    return { name, value: PERSONAL.has(name) ? omitted : text };
  });
  const longestFirst = fields.toSorted((one, other) => other.value.length - one.value.length);
  let size = fields.reduce((sum, field) => sum + sizeOf(field), 1);
  const shortened = new Map<string, string>();
  for (const { name, value } of longestFirst) {
    if (size <= most) break;
    const instead = cut(value.length);
    size += instead.length - value.length;
    shortened.set(name, instead);
  }
  if (size > most) return cut(json.length);
  return `{${fields.map(({ name, value }) => `${JSON.stringify(name)}:${shortened.get(name) ?? value}`).join(',')}}`;
};
