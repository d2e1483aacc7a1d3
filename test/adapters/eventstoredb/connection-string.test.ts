import { EventStoreDBClient } from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { parseConnectionString } from '../../../src/adapters/eventstoredb/connection-string.js';
import { createClient } from '../../../src/adapters/eventstoredb/create-client.js';
import { rightOf } from '../../support/answer-of.js';

const node = (address: string, port = 2113) => ({ address, port });
const password = 'p@ss:w%rd/?,#é ';
const escaped = encodeURIComponent(password);

const readable: ReadonlyArray<readonly [string, object]> = [
  ['esdb://localhost', { hosts: [node('localhost')], discover: false, tls: true }],
  ['esdb://localhost:2113?tls=false', { hosts: [node('localhost')], tls: false }],
  ['esdb://10.0.0.1:1113/?tls=False&keepAliveTimeout=7000', { tls: false, keepAliveTimeout: 7_000 }],
  ['esdb://admin:changeit@localhost:2113?tls=true', { credentials: { username: 'admin', password: 'changeit' } }],
  [
    'esdb://ops:secret@n1:2113,n2:2113?tls=false',
    { hosts: [node('n1'), node('n2')], credentials: { username: 'ops', password: 'secret' }, tls: false },
  ],
  ['esdb://a:2113,b:2114,c?nodePreference=follower', { hosts: [node('a'), node('b', 2114), node('c')] }],
  ['esdb+discover://ops:secret@cluster.dns.name:2113', { hosts: [node('cluster.dns.name')], discover: true }],
  ['esdb+discover://cluster?maxDiscoverAttempts=3&discoveryInterval=100&gossipTimeout=2', { gossipTimeout: 2 }],
  [`esdb://o%40ps:${escaped}@localhost`, { credentials: { username: 'o@ps', password } }],
  ['esdb://ops:a:b@localhost', { credentials: { username: 'ops', password: 'a:b' } }],
  ['esdb://ops:2113@localhost', { credentials: { username: 'ops', password: '2113' }, hosts: [node('localhost')] }],
  ['esdb://ops:@localhost', { credentials: { username: 'ops', password: '' } }],
  ['esdb://[::1]:2113?tls=false', { hosts: [node('[::1]')] }],
  [
    'esdb://ops:secret@[2001:db8::1]:1113,[2001:db8::2]',
    { hosts: [node('[2001:db8::1]', 1113), node('[2001:db8::2]')] },
  ],
  ['kurrentdb://localhost:2113?tls=false', { hosts: [node('localhost')], discover: false }],
  ['kurrentdb+discover://ops:secret@cluster:2113', { hosts: [node('cluster')], discover: true }],
  ['kdb://localhost', { hosts: [node('localhost')] }],
  [
    'esdb://n1?tlsCaFile=%2Fetc%2Fca%20dir%2Fca.crt&TLS_VERIFY_CERT=false&connectionName=a@b:1',
    { tlsCAFile: '/etc/ca dir/ca.crt', tlsVerifyCert: false, connectionName: 'a@b:1' },
  ],
  ['esdb://n1:2113?connectionName=a@b', { hosts: [node('n1')], connectionName: 'a@b' }],
  ['  esdb://n1:2113/  ', { hosts: [node('n1')] }],
  ['esdb://n1?operationTimeout=5', { hosts: [node('n1')] }],
];

const unreadable: ReadonlyArray<readonly [string, RegExp]> = [
  ['http://localhost:2113', /must begin with esdb:/],
  ['esdb://', /host:port/],
  ['esdb://n1:2113,,n2', /host:port/],
  ['esdb://n1:0', /not a port/],
  ['esdb://n1:99999', /not a port/],
  ['esdb://::1:2113', /IPv6 addresses stand in brackets/],
  ['esdb://ops@n1', /without a password/],
  ['esdb://ops:100%@n1', /the password has a % .* write %25/],
  ['esdb://n1?tls=maybe', /tls must be true or false/],
  ['esdb://n1?tls', /has no value/],
  ['esdb://n1?keepAliveTimeout=soon', /whole number/],
  ['esdb://n1?nodePreference=boss', /leader, follower/],
];

describe('A connection string', () => {
  it.each(readable)('%s is read', (text, meaning) => {
    expect(rightOf(parseConnectionString(text))).toMatchObject(meaning);
  });

  it.each(readable.filter(([text]) => !text.includes('tlsCaFile')))('%s makes a client', async (text) => {
    const client = createClient(rightOf(parseConnectionString(text)), 0);
    expect(client).toBeInstanceOf(EventStoreDBClient);
    await client.dispose();
  });

  it.each(unreadable)('%s is refused with what is wrong', (text, sentence) => {
    expect(parseConnectionString(text)).toEqual(E.left(expect.stringMatching(sentence)));
  });

  it('is never told with its password', () => {
    for (const text of ['esdb://ops:secret%@n1', 'esdb://ops:secret@n1:0', 'esdb://ops:secret@n1?tls=maybe'])
      expect(JSON.stringify(parseConnectionString(text))).not.toContain('secret');
  });
});
