import { option as O } from 'fp-ts';
import { type Build } from '../../../application/ports/read-models.js';
import { type Tables, AFTER_ALL } from './tables.js';

interface Listed {
  readonly live: O.Option<Build>;
  readonly all: ReadonlyArray<Build>;
}
interface ListedBuilds {
  /** Throws when LMDB does. */
  readonly of: (view: string) => Listed;
  /** Whatever is asked from now on is read anew. */
  readonly forget: () => void;
}
/**
 * The builds of each view. Whoever reads a document asks for them first, hundreds in a turn of the event loop: they are read
 * once in a turn, and again after a build became live or was dropped.
 */
export const listedBuilds = (tables: Tables): ListedBuilds => {
  const known = new Map<string, Listed>();
  const forget = (): void => known.clear();

  const read = (view: string): Listed => {
    const live = tables.live.get(view);
    const keys = [...tables.builds.getKeys({ start: [view], end: [view, AFTER_ALL] })];
    return {
      live: live === undefined ? O.none : O.some({ view, ...live }),
      all: keys.map(([, version, build]) => ({ view, version, build })),
    };
  };

  return {
    of: (view) => {
      const listed = known.get(view) ?? read(view);
      if (known.size === 0) setImmediate(forget);
      known.set(view, listed);
      return listed;
    },
    forget,
  };
};
