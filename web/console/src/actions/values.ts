/** What was written into a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

/** As an input for numbers takes it: 1e3 is a thousand. */
export const whole = (values: Values, name: string): number | undefined => {
  const text = values[name]?.trim() ?? '';
  const number = Number(text);
  return text !== '' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};

/** What a call cannot do without. Where it is no number, null is sent, which the server refuses: nothing becomes 0 by mistake. */
export const requiredWhole = (values: Values, name: string): number => whole(values, name) ?? NaN;

export const text = (values: Values, name: string): string | undefined => {
  const said = values[name]?.trim() ?? '';
  return said === '' ? undefined : said;
};

/** A moment as the reader's calendar has it, as ISO-8601 in UTC. */
export const moment = (values: Values, name: string): string | undefined => {
  const at = Date.parse(values[name] ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

/** ISO-8601 as an input of date and time takes it. */
export const asInput = (iso: string | undefined): string => {
  if (iso === undefined) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

export const oneOf = <A extends string>(values: Values, name: string, choices: ReadonlyArray<A>): A | undefined =>
  choices.find((choice) => choice === values[name]);
