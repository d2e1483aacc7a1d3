import { ErrorType } from '@eventstore/db-client';
import { Connection } from '../../../src/adapters/eventstoredb/connection.js';
import { type News } from '../../../src/adapters/eventstoredb/options.js';

const refusal = (type: string, code?: number): Error => Object.assign(new Error(type), { type, code });

describe('operators are told', () => {
  const told: News[] = [];
  const connection = new Connection({
    connectionString: 'esdb://127.0.0.1:1?tls=false',
    onNews: (news) => void told.push(news),
  });
  const refusedWith = (error: Error) => connection.attempt(() => Promise.reject(error));
  afterEach(() => void told.splice(0));
  afterAll(() => connection.clients.close());

  it('why the server refuses calls, once a minute, as when the password was changed while it runs', async () => {
    const denied = refusal(ErrorType.ACCESS_DENIED, 16);
    for (let call = 0; call < 3; call++) await refusedWith(denied);
    expect(told).toEqual([{ level: 'warn', what: 'a call to the event store failed', error: denied, times: 1 }]);
  });

  it('nothing of what is an answer like any other', async () => {
    for (const type of [ErrorType.WRONG_EXPECTED_VERSION, ErrorType.STREAM_NOT_FOUND]) await refusedWith(refusal(type));
    expect(told).toEqual([]);
  });
});
