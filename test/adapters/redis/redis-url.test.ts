import { either as E } from 'fp-ts';
import { parseRedisUrl } from '../../../src/adapters/redis/redis-url.js';

const plain = { tls: false, database: 0, primary: '' };

test.each([
  ['redis://localhost', { ...plain, form: 'server', hosts: [{ host: 'localhost', port: 6379 }] }],
  ['redis://[::1]:7000/3', { ...plain, form: 'server', hosts: [{ host: '::1', port: 7000 }], database: 3 }],
  [
    'rediss://shop:p%40ss%2F@redis:6380',
    {
      ...plain,
      form: 'server',
      tls: true,
      hosts: [{ host: 'redis', port: 6380 }],
      username: 'shop',
      password: 'p@ss/',
    },
  ],
  ['redis://:secret@redis', { ...plain, form: 'server', hosts: [{ host: 'redis', port: 6379 }], password: 'secret' }],
  [
    'redis+sentinel://:secret@s1,s2:26380/shop/1',
    {
      ...plain,
      form: 'sentinel',
      hosts: [
        { host: 's1', port: 26_379 },
        { host: 's2', port: 26_380 },
      ],
      password: 'secret',
      primary: 'shop',
      database: 1,
    },
  ],
  [
    'rediss+cluster://n1, n2:7001',
    {
      ...plain,
      form: 'cluster',
      tls: true,
      hosts: [
        { host: 'n1', port: 6379 },
        { host: 'n2', port: 7001 },
      ],
    },
  ],
])('%s is understood', (text, address) => {
  expect(parseRedisUrl(text)).toEqual(E.right(address));
});

test.each([
  ['http://redis', 'must begin with'],
  ['redis://', 'must name a host'],
  ['redis://host:port', 'must name a host'],
  ['redis://host:99999', 'must name a host'],
  ['redis://one,two', 'several hosts'],
  ['redis://host/shop', 'database'],
  ['redis+sentinel://host', 'must name the primary'],
  ['redis+cluster://host/1', 'only database 0'],
  ['redis://:50%@host', '%25'],
])('%s is refused with what is wrong', (text, fault) => {
  expect(parseRedisUrl(text)).toEqual(E.left(expect.stringContaining(fault)));
});
