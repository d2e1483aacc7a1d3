import { taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { environment } from '../../../src/infrastructure/config/environment.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

/** The client waits for up to a fifth longer than it is told, so that not all come back at once. */
const MOST_LATE = 1.2;

test('who comes back when the server says so has lost no place, however shortly places are kept', async () => {
  const waiting = { status: 'PENDING', position: 90_000, aheadOfYou: 89_999, etaSeconds: 90_000 } as const;
  const { call } = await serve({ tokenById: (tokenId) => TE.right({ tokenId, ...waiting }) });
  const seconds = Number((await call('/api/v1/waiting-token/mine')).headers.get('retry-after'));
  const { minimum: keptMs } = z
    .object({ minimum: z.number() })
    .parse(z.toJSONSchema(environment.shape.WAITING_IDLE_MS, { io: 'output' }));
  expect(keptMs).toBeGreaterThan(MOST_LATE * seconds * 1_000);
});
