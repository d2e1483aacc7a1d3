import { type Field } from './action.js';
import { type Values } from './values.js';

/** What a form says before anything is written into it. */
export const asShown = (fields: ReadonlyArray<Field>): Values =>
  Object.fromEntries(fields.map(({ name, value, choices }) => [name, value ?? choices?.[0]?.[0] ?? '']));

/** What was changed in a form, which does not show seconds. The rest is to stay as it is, whatever others have made of it since. */
export const changedIn = (fields: ReadonlyArray<Field>, values: Values): Values => {
  const before = asShown(fields);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== before[name]));
};

/** Null: it was emptied. Undefined: it stays as it is. */
export const emptied = <A>(
  changed: Values,
  name: string,
  read: (values: Values, name: string) => A | undefined,
): A | null | undefined => (name in changed ? (read(changed, name) ?? null) : undefined);
