import { signal } from '@preact/signals';
import { type Answer } from '../../../../packages/client/src/index.js';
import { type Problem } from '../api/client.js';
import { type Key } from '../text/index.js';
import { type Values } from './values.js';

export interface Field {
  readonly name: string;
  readonly label: Key;
  readonly kind: 'text' | 'id' | 'whole' | 'moment' | 'choice';
  readonly value?: string;
  readonly required?: boolean;
  readonly min?: number;
  readonly hint?: Key;
  /** Seldom needed: shown when it is asked for. */
  readonly isMore?: boolean;
  readonly choices?: ReadonlyArray<readonly [value: string, label: string]>;
}

/** One thing that would be otherwise, in numbers. */
export interface Effect {
  readonly what: string;
  readonly before?: string;
  readonly after: string;
  readonly tone?: 'warn' | 'bad';
}

/** Whoever repeats a call with the same key has it done once. */
export interface Once {
  readonly headers: { readonly 'idempotency-key': string };
}

/** Something an operator can do: what it asks for, what it would change, and the call that does it. */
export interface Action {
  readonly title: Key;
  readonly subject?: string;
  readonly verb: Key;
  readonly isGrave?: boolean;
  /** What is said beside the reason; default: who reads it is the shop alone. */
  readonly reasonHint?: Key;
  readonly fields: ReadonlyArray<Field>;
  readonly effects: (values: Values) => ReadonlyArray<Effect>;
  readonly request: (values: Values, reason: string, once: Once) => Promise<Answer<unknown, Problem>>;
  /** Looked at right before: why there is nothing left to do; null where there is. */
  readonly tooLate?: () => Promise<string | null>;
  /** Where to go when it is done. */
  readonly then?: (values: Values) => string;
}

/** The one that is being looked at. */
export const opened = signal<Action | null>(null);

/** What was done last, until it was read. */
export const said = signal<string | null>(null);
