import { function as F, taskEither as TE } from 'fp-ts';
import { type AdminError } from '../../adapters/http/routes/admin.js';
import { type AdminUseCases } from '../../adapters/http/route-table.js';
import {
  listParkedStreams,
  type OperateParkingPorts,
  releaseStream,
} from '../../application/kernel/process/operate-parking.js';
import { type ParkedStream } from '../../application/kernel/process/parked-streams-view.js';
import { parkingConsumer } from '../../application/kernel/projection/projection.js';
import { rebuildProjection, type RebuildPorts } from '../../application/kernel/projection/rebuild-projection.js';
import { allProjections } from '../processes/projection-runner.js';

type ParkingCalls = Pick<AdminUseCases, 'listParkedStreams' | 'releaseStream'>;
/** Operators' calls about parked streams. A view has only one way to read one again: all of it, in order. */
export const parkingCalls = (ports: OperateParkingPorts & RebuildPorts, signal?: AbortSignal): ParkingCalls => {
  const release = releaseStream(ports);
  const list = listParkedStreams(ports);
  const rebuild = rebuildProjection(ports);
  return {
    listParkedStreams: () => TE.map((items: ReadonlyArray<ParkedStream>) => ({ items }))(list),
    releaseStream: (asked) => {
      const projection = allProjections.find((each) => parkingConsumer(each) === asked.consumer);
      if (projection === undefined) return release(asked);
      return F.pipe(
        rebuild(projection, { signal }),
        TE.bimap(
          (error): AdminError => ({ code: error === 'RebuildRunning' ? 'PROJECTION_BUSY' : 'UNAVAILABLE' }),
          () => ({ consumer: asked.consumer, streamId: asked.streamId }),
        ),
      );
    },
  };
};
