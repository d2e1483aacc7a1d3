import { either as E } from 'fp-ts';
import { concerns, speakFor } from '../../../../src/adapters/http/identity/access.js';

const said = (userId: string, body: unknown) => speakFor({ kind: 'user', userId }, concerns('body'), body);

test('a user may name themselves, as a text or a number, and need not', () => {
  for (const body of [{}, { userId: '7' }, { userId: 7 }]) expect(said('7', body)).toEqual(E.right({ userId: '7' }));
});

test.each([[{ toString: 1, valueOf: 1 }], [['ana']], [{}], [true], [null], ['ben']])(
  'whatever else stands there is not them: %j',
  (userId) => {
    expect(said('ana', { userId })).toEqual(E.left({ code: 'NOT_YOU' }));
  },
);

test('whoever asks about a request of somebody else hears that there is none', () => {
  const asked = (query: unknown) => speakFor({ kind: 'user', userId: 'ana' }, concerns('request'), query);
  expect(asked({})).toEqual(E.right({ userId: 'ana' }));
  expect(asked({ userId: 'ben' })).toEqual(E.left({ code: 'REQUEST_NOT_FOUND' }));
});
