import { type taskEither as TE } from 'fp-ts';

/** Whose something is, by its id; null: nobody's, for there is no such thing. It never changes hands. */
export type OwnerOf = (id: string) => TE.TaskEither<'Unavailable', string | null>;

/** Of orders, payments and waiting tokens. */
export type Owners = Readonly<Record<'order' | 'payment' | 'token', OwnerOf>>;
