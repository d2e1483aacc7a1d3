import ipaddr from 'ipaddr.js';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type IncomingMessage } from 'node:http';

type Address = ReturnType<typeof ipaddr.process>;
/** Addresses that begin with the same bits. */
export type AddressBlock = ReturnType<typeof ipaddr.parseCIDR>;

/** `10.0.0.0/8`, or one address; null when it is neither. */
export const parseBlock = (text: string): AddressBlock | null => {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
};

const parse = (text: string): Address | null => {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
};

const isIn = (address: Address, [network, bits]: AddressBlock): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

/** IPv4 as it is; of IPv6 the /64, for that is what one customer of a provider has. */
const keyOf = (address: Address): string => {
  if (address.kind() === 'ipv4') return address.toString();
  const [network] = ipaddr.parseCIDR(`${address.toString()}/64`);
  const parts = 'parts' in network ? network.parts.slice(0, 4) : [];
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`;
};

const REMEMBERED = 10_000;
/** No real chain of proxies is longer; such a header is parsed each time. Characters. */
const LONGEST_REMEMBERED = 200;

/** Works each text out once, for as long as it is remembered. */
const remembering = <A>(find: (text: string) => A): ((text: string) => A) => {
  const known = recentlyUsed<string, { readonly found: A }>(REMEMBERED);
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.found;
    const found = find(text);
    if (text.length <= LONGEST_REMEMBERED) known.set(text, { found });
    return found;
  };
};

/**
 * Who a request comes from, as a key to count by: the socket's other end or, where that is a trusted proxy, the last
 * address in X-Forwarded-For that is not one. What stands before it, anybody may have written.
 */
export const clientAddress = (trusted: ReadonlyArray<AddressBlock>): ((req: IncomingMessage) => string) => {
  const isTrusted = (address: Address): boolean => trusted.some((block) => isIn(address, block));

  const peerOf = remembering((text) => {
    const address = parse(text);
    return address === null ? { key: text, isProxy: false } : { key: keyOf(address), isProxy: isTrusted(address) };
  });
  /** Null: not one address stands there. */
  const beforeProxies = remembering((forwarded) => {
    let client: Address | null = null;
    for (const hop of forwarded.split(',').reverse()) {
      const before = parse(hop);
      if (before === null) break;
      client = before;
      if (!isTrusted(client)) break;
    }
    return client === null ? null : keyOf(client);
  });
  return ({ socket, headers: { 'x-forwarded-for': forwarded } }) => {
    const { key, isProxy } = peerOf(socket.remoteAddress ?? '');
    return (isProxy && typeof forwarded === 'string' && beforeProxies(forwarded)) || key;
  };
};
