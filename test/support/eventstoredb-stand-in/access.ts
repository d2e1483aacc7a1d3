import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { either as E } from 'fp-ts';
import { type EventStore } from '../../../src/application/ports/event-store.js';
import { lastRevision } from './append.js';
import { type Behaviour } from './behaviour.js';

type Rights = 'readAll' | 'readStream' | 'write';

interface Call {
  readonly metadata: Metadata;
}

const denied = (code: status, details: string): Partial<ServiceError> => {
  const metadata = new Metadata();
  metadata.set('exception', 'access-denied');
  return Object.assign(new Error(details), { code, details, metadata });
};

const credentialsOf = ({ metadata }: Call): readonly [string, string] | null => {
  const [header] = metadata.get('authorization');
  if (header === undefined) return null;
  const [name = '', ...password] = Buffer.from(String(header).slice('Basic '.length), 'base64').toString().split(':');
  return [name, password.join(':')];
};

const listOf = (acl: unknown, ...path: ReadonlyArray<string>): ReadonlyArray<string> => {
  const found = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    acl,
  );
  const list: ReadonlyArray<unknown> = Array.isArray(found) ? found : [found];
  return list.filter((each) => typeof each === 'string');
};

/** The last event of $settings says who but the admins may read all events. */
const readersOfAll = async (store: EventStore): Promise<ReadonlyArray<string>> => {
  const last = await lastRevision(store, '$settings');
  const read = await store.readStream('$settings', Math.max(0, last), 1)();
  return E.isRight(read) ? listOf(read.right[0]?.event, '$systemStreamAcl', '$r') : [];
};

/** What a server says to who may not do it; null to who may. */
export const refusalOf = async (
  store: EventStore,
  { users }: Behaviour,
  call: Call,
  rights: Rights,
): Promise<Partial<ServiceError> | null> => {
  if (users === undefined) return null;
  const given = credentialsOf(call);
  if (given === null) return denied(status.PERMISSION_DENIED, 'Access Denied');
  const user = users[given[0]];
  if (user === undefined || user.password !== given[1]) return denied(status.UNAUTHENTICATED, 'UNAUTHENTICATED');
  if (rights !== 'readAll' || user.admin === true) return null;
  return (await readersOfAll(store)).includes(given[0]) ? null : denied(status.PERMISSION_DENIED, 'Access Denied');
};
