import { taskEither as TE } from 'fp-ts';
import { findPerson } from '../../../../src/application/operating/people/find-person.js';

const known =
  (id: string, userId: string) =>
  (asked: string): TE.TaskEither<'Unavailable', string | null> =>
    TE.right(asked === id ? userId : null);

const happened = {
  at: '2026-01-01T00:00:00.000Z',
  what: 'CouponIssued',
  stream: 'coupon-spring',
  facts: {},
  correlationId: 'request-1',
  position: 1,
};

const ports = {
  order: known('order-1', 'ana'),
  payment: known('payment-1', 'ana'),
  request: known('ben', 'cho'),
  token: known('token-1', 'ben'),
  timelineOfUser: ({ userId }: { readonly userId: string }) =>
    TE.right({ items: userId === 'ben' ? [happened] : [], nextCursor: null }),
};

describe('finding a person', () => {
  const find = findPerson(ports);

  test('goes by any id of theirs', async () => {
    expect(await find('order-1')()).toStrictEqual(expect.objectContaining({ right: [{ userId: 'ana', by: 'ORDER' }] }));
    expect(await find('token-1')()).toStrictEqual(expect.objectContaining({ right: [{ userId: 'ben', by: 'TOKEN' }] }));
  });

  test('tells all whose an id may be, and nobody where it is nobody’s', async () => {
    expect(await find('ben')()).toMatchObject({
      right: [
        { userId: 'ben', by: 'USER' },
        { userId: 'cho', by: 'REQUEST' },
      ],
    });
    expect(await find('nobody')()).toMatchObject({ right: [] });
  });

  test('does not report an id as unknown when it could not be looked up', async () => {
    const away = findPerson({ ...ports, payment: () => TE.left('Unavailable') });
    expect(await away('order-1')()).toMatchObject({ left: { code: 'UNAVAILABLE' } });
  });
});
