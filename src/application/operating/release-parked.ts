import { function as F, taskEither as TE } from 'fp-ts';
import { type OperateParkingPorts, type ReleaseStreams, releaseStreams } from '../kernel/process/operate-parking.js';
import { parkingConsumer } from '../kernel/projection/projection.js';
import { rebuildProjection, type RebuildPorts } from '../kernel/projection/rebuild-projection.js';
import { allProjections } from './all-projections.js';

/** Answers how many streams are read again. 'PROJECTION_BUSY': the view is being built already. */
export type ReleaseParked = (
  asked: ReleaseStreams,
) => TE.TaskEither<
  { readonly code: 'STREAM_NOT_PARKED' | 'PROJECTION_BUSY' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN' },
  number
>;

/** Has parked streams of a consumer read again. A view has only one way to read one again: all of it, in order. */
export const releaseParked = (ports: OperateParkingPorts & RebuildPorts, signal?: AbortSignal): ReleaseParked => {
  const release = releaseStreams(ports);
  const rebuild = rebuildProjection(ports);
  return (asked) => {
    const projection = allProjections.find((each) => parkingConsumer(each) === asked.consumer);
    if (projection === undefined) return release(asked);
    return F.pipe(
      rebuild(projection, { signal }),
      TE.bimap(
        (error) => ({ code: error === 'RebuildRunning' ? ('PROJECTION_BUSY' as const) : ('UNAVAILABLE' as const) }),
        () => asked.streamIds.length,
      ),
    );
  };
};
