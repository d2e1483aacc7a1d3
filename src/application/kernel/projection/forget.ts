import { taskEither as TE } from 'fp-ts';
import { type Build } from '../../ports/read-models.js';
import { type Interruption } from './interrupted.js';

/** Drops from a build what the view of this name does not keep for ever; a fresh fold of all events contains it again. */
export type Forget = (view: string, build: Build) => TE.TaskEither<Interruption, void>;

export const keepAll: Forget = () => TE.right(undefined);
