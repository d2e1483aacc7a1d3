import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
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

/**
 * Who a request comes from, as a key to count by: the socket's other end or, where that is a trusted proxy, the last
 * address in X-Forwarded-For that is not one. What stands before it, anybody may have written.
 */
export const clientAddress = (trusted: ReadonlyArray<AddressBlock>): ((req: IncomingMessage) => string) => {
  const known = new LRUCache<string, string>({ max: REMEMBERED });
  const isTrusted = (address: Address): boolean => trusted.some((block) => isIn(address, block));

  const find = (peer: string, forwarded: string): string => {
    let client = parse(peer);
    if (client === null) return peer;
    for (const hop of forwarded.split(',').reverse()) {
      if (!isTrusted(client)) break;
      const before = parse(hop);
      if (before === null) break;
      client = before;
    }
    return keyOf(client);
  };
  return ({ socket, headers }) => {
    const peer = socket.remoteAddress ?? '';
    const header = trusted.length === 0 ? undefined : headers['x-forwarded-for'];
    const forwarded = typeof header === 'string' ? header : '';
    const asked = `${peer} ${forwarded}`;
    const before = known.get(asked);
    if (before !== undefined) return before;
    const found = find(peer, forwarded);
    if (forwarded.length <= 200) known.set(asked, found);
    return found;
  };
};
