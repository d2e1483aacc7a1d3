import { type AddressInfo } from 'node:net';

/** Where a server listens, as others on this machine write it. */
export const addressOf = (
  address: AddressInfo | string | null,
  host: string,
): { readonly url: string; readonly port: number } => {
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port };
};
