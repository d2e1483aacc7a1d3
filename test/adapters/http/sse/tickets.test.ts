import { either as E, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { defaultSseLimits } from '../../../../src/adapters/http/sse/limits.js';
import { type Leaving, type NoticeHub } from '../../../../src/application/notices/notice-hub.js';
import { type Identify, type Validity } from '../../../../src/application/ports/identity.js';
import { checkedFetch } from '../../../support/contract/checked-fetch.js';
import { eventually } from '../../../support/eventually.js';
import { closeServers, serve } from '../with-server.js';

afterEach(closeServers);

/** A credential `ana` is a token of ana's; `shop` is a key of the shop's backend. */
const identify: Identify = (credential) =>
  TE.right(
    credential === 'shop'
      ? { caller: { kind: 'service', name: 'shop' }, validity: { kind: 'UntilRevoked', keyHash: 'shop' } }
      : { caller: { kind: 'user', userId: credential }, validity: { kind: 'Until', at: 1 } },
  );
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
const ticketIn = z.object({ ticket: z.string(), expiresAt: z.iso.datetime() });

const shop = async (ended: (validity: Validity) => boolean = () => false) => {
  const left: Leaving[] = [];
  const connectNotices: NoticeHub['connect'] =
    ({ listener }) =>
    async () => {
      listener.begin(7, []);
      return E.right((why) => void left.push(why));
    };
  const limits = { sse: { ...defaultSseLimits, credentialsEveryMs: 5 } };
  const { url, post } = await serve(
    { connectNotices },
    { identify, limits, isStillValid: (validity) => !ended(validity) },
  );
  const ticket = async (as: string, body: object = {}) => {
    const answer = await post('/api/sse/tickets', body, bearer(as));
    expect([answer.status, answer.headers.get('cache-control')]).toStrictEqual([201, 'no-store']);
    return ticketIn.parse(await answer.json()).ticket;
  };
  const open = async (query: string, { userId = 'ana', headers = {}, method = 'GET' } = {}) => {
    const leaving = new AbortController();
    const answer = await checkedFetch(`${url}/api/sse/subscribe/${userId}${query}`, {
      method,
      headers,
      signal: leaving.signal,
    });
    return { answer, leave: () => leaving.abort() };
  };
  return { left, post, ticket, open };
};

it('a HEAD uses no ticket up, for it opens no stream', async () => {
  const { ticket, open } = await shop();
  const shown = `?ticket=${await ticket('ana')}`;
  expect((await open(shown, { method: 'HEAD' })).answer.status).toBe(401);
  expect((await open(shown, { method: 'HEAD', headers: bearer('ana') })).answer.status).toBe(200);
  const first = await open(shown);
  expect(first.answer.status).toBe(200);
  first.leave();
});

it('a ticket opens the stream of its user, once', async () => {
  const { ticket, open } = await shop();
  const shown = `?ticket=${await ticket('ana')}`;
  const first = await open(shown);
  expect(first.answer.status).toBe(200);
  expect(first.answer.headers.get('cache-control')).toContain('no-store');
  const again = await open(shown);
  expect(again.answer.status).toBe(401);
  first.leave();
});

it('a ticket for one user opens no other stream, and nothing that is no ticket opens one', async () => {
  const { ticket, open } = await shop();
  expect((await open(`?ticket=${await ticket('ben')}`)).answer.status).toBe(404);
  for (const made of ['', 'made-up', 'x'.repeat(43), `${await ticket('ana')}x`])
    expect((await open(`?ticket=${made}`)).answer.status).toBe(401);
  expect((await open('')).answer.status).toBe(401);
});

it('a service may ask for a ticket for any user; a user only for themselves', async () => {
  const { ticket, open, post } = await shop();
  const stream = await open(`?ticket=${await ticket('shop', { userId: 'ana' })}`);
  expect(stream.answer.status).toBe(200);
  stream.leave();
  expect((await post('/api/sse/tickets', {}, bearer('shop'))).status).toBe(400);
  expect((await post('/api/sse/tickets', { userId: 'ana' }, bearer('ben'))).status).toBe(403);
});

it('a repeated Idempotency-Key gets another ticket: the first is not kept', async () => {
  const { post } = await shop();
  const ask = async () => {
    const answer = await post('/api/sse/tickets', {}, { ...bearer('ana'), 'idempotency-key': 'one' });
    return ticketIn.parse(await answer.json()).ticket;
  };
  expect(await ask()).not.toBe(await ask());
});

it.each([
  ['a token that expires, shown as a header', 'ana', false, 'Until'],
  ['a token that expires, behind a ticket', 'ana', true, 'Until'],
  ['a key that is revoked, behind a ticket', 'shop', true, 'UntilRevoked'],
] as const)('a stream ends with the credential that opened it: %s', async (_, as, isByTicket, kind) => {
  let isOver = false;
  const { left, ticket, open } = await shop((validity) => isOver && validity.kind === kind);
  const stream = await (isByTicket
    ? open(`?ticket=${await ticket(as, { userId: 'ana' })}`)
    : open('', { headers: bearer(as) }));
  expect(stream.answer.status).toBe(200);
  const later = await ticket(as, { userId: 'ana' });
  isOver = true;
  // It is told when to come back, as by every end: with a credential that is good it goes on from its last id.
  expect((await stream.answer.text()).match(/retry: /g)).toHaveLength(2);
  await eventually(() => expect(left).toStrictEqual(['credential']));
  expect((await open(`?ticket=${later}`)).answer.status).toBe(401);
});
