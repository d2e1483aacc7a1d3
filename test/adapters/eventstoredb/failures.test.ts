import { appendErrorOf } from '../../../src/adapters/eventstoredb/failures.js';

const unavailable = (message: string): Error => Object.assign(new Error(message), { code: 14 });

describe('What an error says of an append', () => {
  it.each([
    'No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:2113',
    'connect EHOSTUNREACH 10.0.0.1:2113',
    'getaddrinfo ENOTFOUND events.example',
    'Name resolution failed for target dns:events.example:2113',
  ])('is that it was not written where no connection came about: %s', (message) => {
    expect(appendErrorOf(unavailable(message))).toBe('EventStoreUnavailable');
  });

  it.each(['Connection dropped', 'read ECONNRESET', 'read EHOSTUNREACH', 'read ETIMEDOUT'])(
    'is that nobody knows where a connection ended: %s',
    (message) => {
      expect(appendErrorOf(unavailable(message))).toBe('AppendOutcomeUnknown');
    },
  );
});
