import { AsyncLocalStorage } from 'node:async_hooks';

interface Scope {
  isOver: boolean;
}

const scopes = new AsyncLocalStorage<Scope>();

/** What a row does belongs to it, until `end` is called: after that it can start no process any more. */
export const openScope = () => {
  const scope: Scope = { isOver: false };
  return {
    run: <A>(row: () => Promise<A>): Promise<A> => scopes.run(scope, row),
    isOver: (): boolean => scope.isOver,
    end: (): void => void (scope.isOver = true),
  };
};

/** Throws when the row that this belongs to was given up. */
export const mustNotBeOver = (): void => {
  if (scopes.getStore()?.isOver === true) throw new Error('its row was given up');
};
