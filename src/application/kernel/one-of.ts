/**
 * A guard for the codes of one union, for where they come back as text. The record is exhaustive: a new code that is not
 * named does not compile.
 */
export const oneOf =
  <Code extends string>(codes: Readonly<Record<Code, true>>) =>
  (code: string): code is Code =>
    Object.hasOwn(codes, code);
