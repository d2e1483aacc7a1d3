import { either as E } from 'fp-ts';
import { type DocumentWrite, type ReadModels } from '../../../application/ports/read-models.js';

/** In one script: a few milliseconds of Redis. */
const SLICE = 1_000;

/** One script after the other; the checkpoint moves with the last. */
export const fill =
  (write: ReadModels['write']): ReadModels['fill'] =>
  (build, writes, { from, to }) =>
  async () => {
    let slice: DocumentWrite[] = [];
    for (const { id, document, entries } of writes) {
      // Made here: what cannot be made is a bug, and not a Redis that is away.
      slice.push({ id, document, entries });
      if (slice.length < SLICE) continue;
      const written = await write(build, slice, { from, to: from })();
      if (E.isLeft(written)) return written;
      slice = [];
    }
    return write(build, slice, { from, to })();
  };
