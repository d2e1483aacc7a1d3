import { type Build } from '../../../application/ports/read-models.js';
import { buildKeys } from './keys.js';

/**
 * Which incarnation of each build this process knows. Redis may be wiped at any time and a build begun again under the same
 * number: reading one while believing to read the other would deny what is merely not built yet.
 */
export interface Incarnations {
  readonly known: (build: Build) => string | undefined;
  /** Throws when the build that was known has vanished. One never seen may still be unwritten. */
  readonly check: (build: Build, found: string | null) => void;
  /** It was dropped on purpose: whoever reads it finds an unwritten one. */
  readonly dropped: (build: Build) => void;
  /** What a listing says replaces what was known of the view. */
  readonly listed: (view: string, builds: ReadonlyArray<readonly [name: string, incarnation: string]>) => void;
}

export const incarnations = (): Incarnations => {
  const known = new Map<string, Map<string, string>>();
  const ofView = (view: string): Map<string, string> => {
    const found = known.get(view) ?? new Map<string, string>();
    known.set(view, found);
    return found;
  };
  const knownOf = (build: Build): string | undefined => known.get(build.view)?.get(buildKeys(build).name);
  return {
    known: knownOf,
    check: (build, found) => {
      const expected = knownOf(build);
      if (expected === undefined && found !== null) ofView(build.view).set(buildKeys(build).name, found);
      if (expected !== undefined && expected !== found)
        throw new Error(`Build ${build.build} of ${build.view} has vanished`);
    },
    dropped: (build) => void known.get(build.view)?.delete(buildKeys(build).name),
    listed: (view, builds) => void known.set(view, new Map(builds)),
  };
};
