import { option as O } from 'fp-ts';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type Build, type ReadModels } from '../../ports/read-models.js';
import { type BatchFolder, batchFolder } from './batch-folder.js';
import { type Parking } from '../process/parking/parking.js';
import { type View } from './view.js';

/** A view ready to be run, whatever its documents are: so that views of every kind stand in one list. */
export interface Projection {
  readonly name: string;
  readonly version: number;
  readonly streamPrefixes: ReadonlyArray<string>;
  readonly documentIds: (event: RecordedEvent) => ReadonlyArray<string>;
  readonly folderFor: (build: Build, readModels: ReadModels, parking?: Parking) => BatchFolder;
}

/** The name under which a view parks the streams it cannot read. */
export const parkingConsumer = ({ name }: { readonly name: string }): string => `view-${name}`;

export const projectionOf = <Doc extends object>(view: View<Doc>): Projection => ({
  name: view.name,
  version: view.version,
  streamPrefixes: view.streamPrefixes,
  documentIds: view.documentIds,
  folderFor: (build, readModels, parking) => batchFolder(view, build, readModels, parking),
});

/** The live build of a view, if it was written by this version of the fold. */
export const liveBuild = (
  { version }: { readonly version: number },
  { live }: { readonly live: O.Option<Build> },
): O.Option<Build> => O.filter((build: Build) => build.version === version)(live);
