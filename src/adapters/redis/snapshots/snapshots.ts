import { type Log } from '../../../application/ports/log.js';
import { type Snapshots } from '../../../application/ports/snapshots.js';
import { type RedisConnection } from '../connection.js';
import { orFault } from '../or-fault.js';
import { loadSnapshot } from './load-snapshot.js';
import { saveSnapshot } from './save-snapshot.js';

/** Snapshots in Redis: a list of pieces each. A wiped Redis has none. */
export const redisSnapshots = (connection: RedisConnection, log: Log): Snapshots => {
  const ask = orFault(log, 'SnapshotsUnavailable', 'Snapshots in Redis did not answer');
  return {
    save: (snapshot) => ask(() => saveSnapshot(connection.steady, snapshot)),
    load: (streamId, version) => ask(() => loadSnapshot(connection, streamId, version)),
  };
};
