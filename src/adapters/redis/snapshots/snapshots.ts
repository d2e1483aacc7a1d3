import { taskEither as TE } from 'fp-ts';
import { type Log } from '../../../application/ports/log.js';
import { type Snapshots } from '../../../application/ports/snapshots.js';
import { type RedisConnection } from '../connection.js';
import { loadSnapshot } from './load-snapshot.js';
import { saveSnapshot } from './save-snapshot.js';

/** Snapshots in Redis: a list of pieces each. A wiped Redis has none. */
export const redisSnapshots = (connection: RedisConnection, log: Log): Snapshots => {
  const unavailable = (error: unknown): 'SnapshotsUnavailable' => {
    log.debug({ error: String(error) }, 'Snapshots in Redis did not answer');
    return 'SnapshotsUnavailable';
  };
  return {
    save: (snapshot) => TE.tryCatch(() => saveSnapshot(connection.steady, snapshot), unavailable),
    load: (streamId, version) => TE.tryCatch(() => loadSnapshot(connection, streamId, version), unavailable),
  };
};
