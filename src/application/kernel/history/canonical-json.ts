/** Characters that JSON writes unchanged between quotes. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

interface Field {
  readonly name: string;
  readonly label: string;
}

/** Events have few shapes: the names of each are sorted once. */
const known = new Map<string, ReadonlyArray<Field>>();
const MOST_KNOWN = 10_000;

const inOrder = (names: ReadonlyArray<string>): ReadonlyArray<Field> => {
  const shape = names.join('\0');
  const found = known.get(shape);
  if (found !== undefined) return found;
  const fields = [...names].sort().map((name) => ({ name, label: `${JSON.stringify(name)}:` }));
  if (known.size === MOST_KNOWN) known.clear();
  known.set(shape, fields);
  return fields;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const fieldsOf = (value: Readonly<Record<string, unknown>>): string => {
  let text = '';
  for (const { name, label } of inOrder(Object.keys(value))) {
    const held = value[name];
    if (held !== undefined) text += (text === '' ? '' : ',') + label + canonicalJson(held);
  }
  return text;
};

/**
 * The one text of a JSON value (RFC 8785): no white space, the names of every object in the order of their UTF-16 code
 * units, numbers and strings as ECMAScript writes them. As JSON does, it leaves out fields that are undefined.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isObject(value)) return `{${fieldsOf(value)}}`;
  return JSON.stringify(value) ?? 'null';
};
