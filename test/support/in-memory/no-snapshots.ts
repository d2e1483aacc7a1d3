import { option as O, taskEither as TE } from 'fp-ts';
import { type Snapshots } from '../../../src/application/ports/snapshots.js';

/** A cache that never has anything: everything is folded from the start. */
export const noSnapshots: Snapshots = { save: () => TE.right(undefined), load: () => TE.right(O.none) };
