import { type Container, type ServiceIdentifier } from 'inversify';
import { Tokens as T } from './tokens.js';

interface Bindings {
  readonly get: <A>(token: ServiceIdentifier<A>) => A;
}

/** What use cases and processes are made of, under the names of the tokens, in small. */
export type Bound = {
  readonly [Name in keyof typeof T as Uncapitalize<Name>]: (typeof T)[Name] extends ServiceIdentifier<infer A>
    ? A
    : never;
};

const getters = Object.entries(T).map(
  ([name, token]) => [name.charAt(0).toLowerCase() + name.slice(1), token] as const,
);

/** What use cases and processes are made of, by name; each is opened when it is first read: take out what is needed, and no more. */
export function boundIn(bindings: Bindings): Bound;
export function boundIn(bindings: Bindings): object {
  const bound = {};
  for (const [name, token] of getters) Object.defineProperty(bound, name, { get: () => bindings.get<unknown>(token) });
  return bound;
}

/** Binds what is made of all this: once, when it is first asked for. */
export const bindOnce = <A>(container: Container, token: ServiceIdentifier<A>, make: (bound: Bound) => A): void => {
  container
    .bind(token)
    .toDynamicValue((context) => make(boundIn(context)))
    .inSingletonScope();
};
