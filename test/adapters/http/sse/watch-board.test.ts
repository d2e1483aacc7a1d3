import { either as E } from 'fp-ts';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { type Answer, taken } from '../../../../src/adapters/http/answer.js';
import { Exchange } from '../../../../src/adapters/http/exchange.js';
import { newLifecycle } from '../../../../src/adapters/http/lifecycle.js';
import { defaultSseLimits } from '../../../../src/adapters/http/sse/limits.js';
import { watchBoard } from '../../../../src/adapters/http/sse/watch-board.js';
import { type Identify } from '../../../../src/application/ports/identity.js';
import { checkedFetch } from '../../../support/contract/checked-fetch.js';
import { eventually } from '../../../support/eventually.js';
import { recognized } from '../../../support/recognized.js';
import { board } from '../fake-use-cases.js';
import { closeServers, serve } from '../with-server.js';

afterEach(closeServers);

/** `viewer:lee` is a viewer called lee. */
const identify: Identify = (credential) => async () => {
  const [kind, name = ''] = credential.split(':');
  if (kind === 'viewer' || kind === 'operator') return E.right(recognized({ kind, name }));
  return kind === 'user'
    ? E.right(recognized({ kind, userId: name }))
    : E.left({ kind: 'InvalidCredential', why: 'UNKNOWN_SECRET' });
};

const listen = async (url: string, credential?: string) => {
  const leaving = new AbortController();
  const headers: Record<string, string> = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
  const answer = await checkedFetch(`${url}/admin/stream`, { headers, signal: leaving.signal });
  let text = '';
  const ended = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  return { answer, text: () => text, leave: () => leaving.abort(), ended };
};

describe('the stream of the board', () => {
  it('says who listens, then how everything stands', async () => {
    const { url } = await serve();
    const client = await listen(url);
    expect(client.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await eventually(() => expect(client.text()).toContain('event: snapshot'));
    expect(client.text()).toContain('event: you\ndata: {"role":"operator"}\n\n');
    client.leave();
  });

  it('is for viewers and operators, and tells each which they are', async () => {
    const { url } = await serve({}, { identify });
    for (const [role, name] of [
      ['viewer', 'lee'],
      ['operator', 'kim'],
    ]) {
      const client = await listen(url, `${role}:${name}`);
      const said = `event: you\ndata: {"name":"${name}","role":"${role}"}\n\n`;
      await eventually(() => expect(client.text()).toContain(said));
      client.leave();
    }
    expect((await listen(url, 'user:ana')).answer.status).toBe(403);
    expect((await listen(url)).answer.status).toBe(401);
  });

  it('reports each outage of the board once', async () => {
    const looks = ['read', 'away', 'away', 'read', 'away'];
    const readBoard = async () => (looks.shift() === 'away' ? Promise.reject(new Error('away')) : board);
    const { url, errors } = await serve({ readBoard });
    const client = await listen(url);
    await eventually(() => expect([looks.length, errors.length]).toStrictEqual([0, 2]));
    client.leave();
  });

  it('holds no place for who has left, nor for who waits for the answer to another request', async () => {
    const [behind, gone, there] = [new Socket(), new Socket().destroy(), new Socket()];
    const lifecycle = newLifecycle();
    const nothing = (): void => undefined;
    const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
    const ports = { readBoard: async () => board, isStillValid: () => true, lifecycle, log };
    const watch = watchBoard(ports, defaultSseLimits);
    const asked = (socket: Socket, isTold: boolean): Promise<Answer> => {
      const req = new IncomingMessage(socket);
      const res = new ServerResponse(req);
      if (isTold) res.assignSocket(socket);
      return watch(new Exchange(req, res, 'request-1'), undefined);
    };
    for (let n = 0; n < 100; n += 1) {
      expect(await asked(gone, false)).toEqual(taken);
      expect(await asked(behind, false)).toMatchObject({ status: 503 });
    }
    expect(await asked(there, true)).toEqual(taken);
    lifecycle.closing.abort();
    there.destroy();
  });

  it('ends when the key that opened it is revoked, and refuses whoever is one too many', async () => {
    let isStillValid = true;
    const limits = { sse: { ...defaultSseLimits, credentialsEveryMs: 5 } };
    const { url } = await serve({}, { identify, isStillValid: () => isStillValid, limits });
    const clients = await Promise.all(Array.from({ length: 100 }, () => listen(url, 'viewer:lee')));
    const refused = await listen(url, 'viewer:lee');
    expect([refused.answer.status, refused.answer.headers.get('retry-after')]).toStrictEqual([503, '5']);
    isStillValid = false;
    await Promise.all(clients.map(({ ended }) => ended));
  });
});
