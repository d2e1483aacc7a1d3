import { type Credentials } from '@eventstore/db-client';

/**
 * Of the connection string; a server without authentication takes any. Given with every append, they select the plain
 * Append call: the batch call keeps all appends of a process in one table, where one stream error fails them all.
 */
export const credentialsOf = (connectionString: string): Credentials => {
  const { username, password } = new URL(connectionString);
  return username === ''
    ? { username: 'admin', password: 'changeit' }
    : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
};
