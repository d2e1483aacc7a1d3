import { taskEither as TE } from 'fp-ts';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const waiting = { status: 'PENDING', position: 90_000, aheadOfYou: 89_999, etaSeconds: 90_000 } as const;

test.each([
  [15_000, '15'],
  [2_250, '2'],
  [100, '1'],
])(
  'who waits long is told to ask again within %s ms, so that no place is lost meanwhile',
  async (withinMs, seconds) => {
    const useCases = { tokenById: (tokenId: string) => TE.right({ tokenId, ...waiting }) };
    const { call } = await serve(useCases, { limits: { askAgainWithinMs: withinMs } });
    expect((await call('/api/v1/waiting-token/mine')).headers.get('retry-after')).toBe(seconds);
  },
);
