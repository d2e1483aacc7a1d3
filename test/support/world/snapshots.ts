import { either as E, option as O } from 'fp-ts';
import { type Snapshots } from '../../../src/application/ports/snapshots.js';

interface Saved {
  readonly version: number;
  readonly revision: number;
  readonly json: ReadonlyArray<string>;
}

export interface InMemorySnapshots extends Snapshots {
  readonly saved: Map<string, Saved>;
}

async function* parsed(json: ReadonlyArray<string>): AsyncGenerator<unknown> {
  for (const piece of json) yield JSON.parse(piece);
}

/** Snapshots as lists of JSON, as a server would keep them. */
export const inMemorySnapshots = (): InMemorySnapshots => {
  const saved = new Map<string, Saved>();
  return {
    saved,
    save:
      ({ streamId, version, revision, chunks }) =>
      async () => {
        const json: string[] = [];
        for await (const chunk of chunks) json.push(JSON.stringify(chunk));
        saved.set(streamId, { version, revision, json });
        return E.right(undefined);
      },
    load: (streamId, version) => async () => {
      const found = saved.get(streamId);
      if (found === undefined || found.version !== version) return E.right(O.none);
      return E.right(O.some({ streamId, version, revision: found.revision, chunks: parsed(found.json) }));
    },
  };
};
