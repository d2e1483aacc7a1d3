import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Passes } from '../ports/passes.js';
import { aheadOf, etaSeconds } from './place-in-line.js';
import { type TokenDocument } from './documents.js';
import { type WaitingRoomReader } from './read-waiting-rooms.js';
import { type Ports } from '../ports/ports.js';

/** A token as its holder sees it. */
export type TokenSeen =
  | {
      readonly tokenId: string;
      readonly status: 'PENDING';
      readonly position: number;
      readonly aheadOfYou: number;
      /** Null is unknown. */
      readonly etaSeconds: number | null;
    }
  /** Epoch milliseconds; without a pass while the claim is not visible yet: ask again. */
  | { readonly tokenId: string; readonly status: 'ACTIVE'; readonly expiresAt: number; readonly pass?: string }
  | { readonly tokenId: string; readonly status: 'EXPIRED' | 'COMPLETED' };

export interface SeeTokenPorts extends Pick<Ports, 'passes' | 'clock'> {
  readonly rooms: WaitingRoomReader;
}

const active = async (
  passes: Passes,
  { tokenId, scheduleId, userId, status, expiresAt }: TokenDocument,
): Promise<TokenSeen> => {
  const until = expiresAt ?? 0;
  const seen = { tokenId, status: 'ACTIVE', expiresAt: until } as const;
  if (status !== 'Active') return seen;
  const pass = await passes.issue({ userId, scheduleId, tokenId, expiresAt: until })();
  return E.isRight(pass) ? { ...seen, pass: pass.right } : seen;
};

/** What a token's document, and the room around it, look like to its holder. */
export const seeToken =
  ({ rooms, passes, clock }: SeeTokenPorts) =>
  (token: TokenDocument): TE.TaskEither<'ReadModelsUnavailable', TokenSeen> =>
  async () => {
    const { tokenId, scheduleId, place } = token;
    switch (token.status) {
      case 'Completed':
        return E.right({ tokenId, status: 'COMPLETED' });
      case 'Expired':
      case 'Left':
        return E.right({ tokenId, status: 'EXPIRED' });
      case 'Promoted':
      case 'Active':
        return E.right(await active(passes, token));
      case 'Waiting': {
        const around = await rooms.around(scheduleId, place)();
        if (E.isLeft(around)) return around;
        const { schedule, crowd } = around.right;
        if (O.isNone(schedule)) return E.left('ReadModelsUnavailable');
        const aheadOfYou = aheadOf(place, schedule.value, crowd);
        const position = aheadOfYou + 1;
        const eta = etaSeconds(position, schedule.value, clock.now());
        return E.right({ tokenId, status: 'PENDING', position, aheadOfYou, etaSeconds: eta });
      }
    }
  };
