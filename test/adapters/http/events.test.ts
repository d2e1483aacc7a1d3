import { taskEither as TE } from 'fp-ts';
import { gala, T0 } from './fake-use-cases.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const patch = (body: unknown): RequestInit => ({
  method: 'PATCH',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('events over HTTP', () => {
  it('are scheduled, shown, moved, closed and called off', async () => {
    const { call, post } = await serve();
    const opensAt = new Date(T0).toISOString();
    const scheduled = await post('/api/events', { eventId: 'gala', name: 'Gala', opensAt, scheduleId: 'door' });
    expect(scheduled.status).toBe(201);
    expect(scheduled.headers.get('location')).toBe('/api/events/gala');
    expect(await scheduled.json()).toStrictEqual({ ...gala, opensAt, scheduleId: 'door' });
    expect(await (await call('/api/events/gala')).json()).toMatchObject({
      eventId: 'gala',
      status: 'PENDING',
      opensAt,
    });
    const later = new Date(T0 + 1_000).toISOString();
    expect(await (await call('/api/events/gala', patch({ opensAt: later }))).json()).toMatchObject({ opensAt: later });
    expect(await (await post('/api/events/gala/close')).json()).toMatchObject({ status: 'CLOSED' });
    expect(await (await post('/api/events/gala/cancel')).json()).toMatchObject({ status: 'CANCELLED' });
  });

  it.each([
    ['EVENT_NOT_FOUND', 404],
    ['INVALID_EVENT_STATE', 409],
    ['UNAVAILABLE', 503],
  ] as const)('say why not: %s', async (code, status) => {
    const { post } = await serve({ closeEvent: () => TE.left({ code }) });
    const refused = await post('/api/events/gala/close');
    expect(refused.status).toBe(status);
    expect(await refused.json()).toMatchObject({ code });
  });

  it('name where to ask when the outcome is unknown', async () => {
    const { post } = await serve({ scheduleEvent: () => TE.left({ code: 'OUTCOME_UNKNOWN', eventId: 'gala' }) });
    const unknown = await post('/api/events', { name: 'Gala', opensAt: new Date(T0).toISOString() });
    expect(unknown.status).toBe(503);
    expect(await unknown.json()).toMatchObject({ eventId: 'gala', statusUrl: '/api/events/gala' });
  });

  it('need a name and a time', async () => {
    const { post, call } = await serve();
    expect((await post('/api/events', { name: '', opensAt: 'tomorrow' })).status).toBe(400);
    expect((await call('/api/events/gala', patch({}))).status).toBe(400);
  });
});
