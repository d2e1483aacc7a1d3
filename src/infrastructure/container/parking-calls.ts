import { function as F, taskEither as TE } from 'fp-ts';
import { type AdminError, type AdminUseCases } from '../../adapters/http/admin-use-cases.js';
import { commandTopics } from '../../application/kernel/messaging/consumer-groups.js';
import {
  listParkedStreams,
  type OperateParkingPorts,
  releaseStream,
} from '../../application/kernel/process/parking/operate-parking.js';
import { type ParkedStream } from '../../application/kernel/process/parking/parked-streams-view.js';
import { writerConsumer } from '../../application/kernel/writer/park-key.js';
import { parkingConsumer } from '../../application/kernel/projection/projection.js';
import { rebuildProjection, type RebuildPorts } from '../../application/kernel/projection/rebuild-projection.js';
import { allProjections } from '../processes/projection-runner.js';

const FOLLOWERS = ['order-saga', 'event-keeper', 'relay', 'data-platform', 'coupon-gate', 'stock-gate'];

/** Everybody who may park a stream. */
export const parkingConsumers: ReadonlyArray<string> = [
  ...commandTopics.map(writerConsumer),
  ...FOLLOWERS,
  ...allProjections.map(parkingConsumer),
];

type ParkingCalls = Pick<AdminUseCases, 'listParkedStreams' | 'releaseStream'>;
type Ports = Omit<OperateParkingPorts, 'consumers'> & RebuildPorts;

/** Operators' calls about parked streams. A view has only one way to read one again: all of it, in order. */
export const parkingCalls = (ports: Ports): ParkingCalls => {
  const operating = { ...ports, consumers: parkingConsumers };
  const release = releaseStream(operating);
  const list = listParkedStreams(ports);
  const rebuild = rebuildProjection(ports);
  return {
    listParkedStreams: () => TE.map((items: ReadonlyArray<ParkedStream>) => ({ items }))(list),
    releaseStream: (asked) => {
      const projection = allProjections.find((each) => parkingConsumer(each) === asked.consumer);
      if (projection === undefined) return release(asked);
      return F.pipe(
        rebuild(projection),
        TE.bimap(
          (error): AdminError => ({ code: error === 'RebuildRunning' ? 'PROJECTION_BUSY' : 'UNAVAILABLE' }),
          () => ({ consumer: asked.consumer, streamId: asked.streamId }),
        ),
      );
    },
  };
};
