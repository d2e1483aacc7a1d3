import { type Database } from 'lmdb';
import { closeEnvironment } from './close-environment.js';
import { type Departure, departureOf, openDepartures } from './departure.js';
import { type DataDirectoryError } from './errors.js';
import { holdsData, openReadOnly } from './open-data-directory.js';

/** That the shop of a directory was moved away, as a start would say it; null where it was not. Only reads. */
export const departedFrom = async (directory: string): Promise<DataDirectoryError | null> => {
  if (!holdsData(directory)) return null;
  const root = openReadOnly(directory);
  try {
    // LMDB creates none in what is only read.
    const departures: Database<Departure, string> | undefined = openDepartures(root);
    const departure = departures === undefined ? null : departureOf(departures);
    return departure?.phase === 'MOVED'
      ? { code: 'DataDirectoryMoved', directory, to: departure.to, at: departure.at }
      : null;
  } finally {
    await closeEnvironment(root);
  }
};
