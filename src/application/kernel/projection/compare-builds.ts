import { option as O } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type Build, type Page } from '../../ports/read-models.js';
import { catchUp, type CatchUpPorts } from './catch-up.js';
import { Interrupted, orInterrupt } from './interrupted.js';
import { type Projection } from './projection.js';
import { sameJson } from '../writer/same-json.js';

export interface Difference {
  readonly id: string;
  readonly served: unknown;
  readonly folded: unknown;
}

export interface Comparison {
  readonly documents: number;
  /** At most 100 are kept; `differing` counts all. */
  readonly differences: ReadonlyArray<Difference>;
  readonly differing: number;
  /** Up to here both are known to be equal, but for the differences. */
  readonly position: Position;
}

const PAGE = 1_000;
const CHUNK = 200;
const KEPT = 100;
/** A build written to without a pause leaves room for a look between two writes; if not after so many, it is given up. */
const LOOKS = 1_000;

/**
 * Compares a served build with a fresh fold, exactly, while events go on. First everything is compared as it stands,
 * the fresh build at the checkpoint the served one had when it began. What differs, and what was changed meanwhile, is then
 * compared again at one equal checkpoint: the fresh build is folded up to the served one's, and what was read counts
 * only if the served checkpoint did not move meanwhile. Throws `Interrupted`.
 */
export const compareBuilds =
  (ports: CatchUpPorts) =>
  async (projection: Projection, served: Build, fresh: Build, signal?: AbortSignal): Promise<Comparison> => {
    const { readModels } = ports;
    const suspects = new Set<string>();
    const follow = async (until: Position): Promise<void> => {
      const onTouched = (ids: ReadonlyArray<string>): void => ids.forEach((id) => suspects.add(id));
      await catchUp(ports)(projection, fresh, { until, onTouched, signal });
    };
    const checkpoint = (): Promise<Position> => orInterrupt(readModels.checkpoint(served));

    const documents = await scanBoth(ports, [served, fresh], signal, (id) => suspects.add(id));
    await follow(await checkpoint());

    const differences: Difference[] = [];
    let differing = 0;
    const ids = [...suspects];
    for (let index = 0; index < ids.length; index += CHUNK) {
      const chunk = ids.slice(index, index + CHUNK);
      for (const difference of await compareExactly(chunk)) {
        differing++;
        if (differences.length < KEPT) differences.push(difference);
      }
    }
    return { documents, differences, differing, position: await orInterrupt(readModels.checkpoint(fresh)) };

    async function compareExactly(chunk: ReadonlyArray<string>): Promise<ReadonlyArray<Difference>> {
      for (let look = 0; look < LOOKS; look++) {
        const before = await checkpoint();
        const theirs = await orInterrupt(readModels.getMany(served, chunk));
        if ((await checkpoint()) !== before) continue;
        await follow(before);
        const ours = await orInterrupt(readModels.getMany(fresh, chunk));
        return chunk.flatMap((id, at) => {
          const one = O.toUndefined(theirs[at] ?? O.none);
          const other = O.toUndefined(ours[at] ?? O.none);
          return sameJson(one, other) ? [] : [{ id, served: one ?? null, folded: other ?? null }];
        });
      }
      throw new Interrupted('CheckpointMoved');
    }
  };

/** Walks both builds in order of id, side by side, a page of each in memory; answers how many documents are served. */
const scanBoth = async (
  { readModels }: CatchUpPorts,
  [served, fresh]: readonly [served: Build, fresh: Build],
  signal: AbortSignal | undefined,
  differs: (id: string) => void,
): Promise<number> => {
  let documents = 0;
  const pages = async function* (build: Build): AsyncGenerator<{ readonly id: string; readonly document: unknown }> {
    for (let after: string | null = null; ;) {
      if (signal?.aborted === true) throw new Interrupted('Aborted');
      const { items }: Page = await orInterrupt(readModels.scan(build, after, PAGE));
      yield* items;
      const last = items.at(-1);
      if (last === undefined || items.length < PAGE) return;
      after = last.id;
    }
  };
  const theirs = pages(served);
  const ours = pages(fresh);
  let one = await theirs.next();
  let other = await ours.next();
  while (one.done !== true || other.done !== true) {
    const id: string | undefined = one.done === true ? undefined : one.value.id;
    const otherId: string | undefined = other.done === true ? undefined : other.value.id;
    if (id !== undefined && id === otherId) {
      if (!sameJson(one.value?.document, other.value?.document)) differs(id);
    } else if (id !== undefined && (otherId === undefined || id < otherId)) differs(id);
    else if (otherId !== undefined) differs(otherId);
    const advanceOne = id !== undefined && (otherId === undefined || id <= otherId);
    const advanceOther = otherId !== undefined && (id === undefined || otherId <= id);
    if (advanceOne) {
      one = await theirs.next();
      documents += 1;
    }
    if (advanceOther) other = await ours.next();
  }
  return documents;
};
