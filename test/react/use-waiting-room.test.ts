import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { createClient } from '../../packages/client/src/index.js';
import { useWaitingRoom } from '../../packages/react/src/index.js';
import { eventually } from '../support/eventually.js';

/** A page with a waiting room whose server answers, as the test says, who asks for a place, and what the server was asked. */
const opened = () => {
  const asked: string[] = [];
  const answers: Array<() => void> = [];
  const client = createClient({
    url: 'http://shop.example',
    fetch: (url, { method, signal }) => {
      asked.push(`${method} ${new URL(url).pathname}`);
      if (method === 'DELETE') return Promise.resolve(new Response(null, { status: 204 }));
      return new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        answers.push(() => resolve(Response.json({ tokenId: 't-1', status: 'PENDING', position: 1 }, { status: 201 })));
      });
    },
  });
  const rooms: Array<ReturnType<typeof useWaitingRoom>> = [];
  const Page = (): null => {
    rooms.push(useWaitingRoom(client, { scheduleId: 'gala' }));
    return null;
  };
  renderToString(createElement(Page));
  const [room] = rooms;
  if (room === undefined) throw new Error('The page was rendered');
  return { ...room, asked, answer: () => answers.shift()?.() };
};
const JOINED = 'POST /api/v1/waiting-token';
const LOOKED = 'GET /api/v1/waiting-token/t-1';
const LEFT = 'DELETE /api/v1/waiting-token/t-1';

test('who leaves before the place is there gives it up as soon as it is', async () => {
  const { enter, leave, asked, answer } = opened();
  enter();
  await eventually(() => asked.length === 1);
  leave();
  answer();
  await eventually(() => asked.length === 2);
  expect(asked).toEqual([JOINED, LEFT]);
});

test('who leaves and enters again before the place is there keeps it', async () => {
  const { enter, leave, asked, answer } = opened();
  enter();
  await eventually(() => asked.length === 1);
  leave();
  enter();
  await eventually(() => asked.length === 2);
  answer();
  answer();
  await eventually(() => asked.length === 3);
  expect(asked).toEqual([JOINED, JOINED, LOOKED]);
  leave();
});
