import { type taskEither as TE } from 'fp-ts';

export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Begun =
  | { readonly begun: 'First' }
  | { readonly begun: 'Running' }
  | { readonly begun: 'OtherRequest' }
  | { readonly begun: 'Answered'; readonly response: StoredResponse };

/** Remembers the first final answer to a key for 24 h. One that never ended may begin again after 60 s. */
export interface IdempotencyKeys {
  /** `fingerprint` is of everything that makes it the same request. Atomic: of two callers one is the first. */
  readonly begin: (key: string, fingerprint: string, at: number) => TE.TaskEither<'IdempotencyUnavailable', Begun>;
  readonly answer: (key: string, response: StoredResponse) => TE.TaskEither<'IdempotencyUnavailable', void>;
  /** The answer was not final: the same request may begin again at once; another one under this key is still `OtherRequest`. */
  readonly reopen: (key: string) => TE.TaskEither<'IdempotencyUnavailable', void>;
  /** The key is free for any request, unless there is an answer. */
  readonly forget: (key: string) => TE.TaskEither<'IdempotencyUnavailable', void>;
}
