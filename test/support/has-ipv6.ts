import { networkInterfaces } from 'node:os';

/** Many containers have no IPv6, not even on loopback. */
export const hasIPv6 = Object.values(networkInterfaces()).some((found) =>
  found?.some(({ family }) => family === 'IPv6'),
);
