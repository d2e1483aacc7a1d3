import { type Admitted, type Client, type components, type Problem, type Unanswered } from '@doorbuster/client';
import { useCallback, useRef, useState } from 'react';
import { unlessGone, useUntilGone } from './lifetime.js';

type Place = components['schemas']['Place'] | components['schemas']['WaitingToken'];

export type WaitingRoom =
  | { readonly status: 'OUT' | 'ENTERING' }
  | { readonly status: 'WAITING'; readonly place: Place }
  | ({ readonly status: 'IN' } & Admitted)
  /** The place was given to somebody else, or its visit is over. */
  | { readonly status: 'EXPIRED' | 'COMPLETED' }
  | { readonly status: 'REFUSED'; readonly problem: Problem | Unanswered };

/** The way through a waiting room: in line, in, and there until the visit is over or the component is gone. */
export const useWaitingRoom = (
  client: Client,
  { scheduleId, userId }: { readonly scheduleId: string; readonly userId?: string },
): WaitingRoom & { readonly enter: () => void; readonly leave: () => void } => {
  const [room, setRoom] = useState<WaitingRoom>({ status: 'OUT' });
  const begin = useUntilGone(() => setRoom({ status: 'OUT' }));
  /** The schedule whose room was entered last; null after it was left. */
  const entered = useRef<string | null>(null);

  const enter = useCallback((): void => {
    const signal = begin();
    entered.current = scheduleId;
    const set = (now: WaitingRoom): void => {
      if (!signal.aborted) setRoom(now);
    };
    void unlessGone(signal, async () => {
      set({ status: 'ENTERING' });
      // Carried through: who leaves meanwhile would have a place in line that nobody gives up.
      const joined = await client.waitingRoom.join({ scheduleId, ...(userId !== undefined && { userId }) });
      if (signal.aborted) {
        if (joined.ok && entered.current !== scheduleId) await client.waitingRoom.leave(joined.value.tokenId);
        return;
      }
      if (!joined.ok) return set({ status: 'REFUSED', problem: joined.problem });
      const turn = await joined.value.admitted({ signal, onPlace: (place) => set({ status: 'WAITING', place }) });
      if (!turn.ok) {
        const { problem } = turn;
        return set('status' in problem ? { status: 'REFUSED', problem } : { status: problem.code });
      }
      set({ status: 'IN', ...turn.value });
      const visit = await client.waitingRoom.stay(turn.value, { signal });
      if (!visit.ok) return set({ status: 'REFUSED', problem: visit.problem });
      set({ status: visit.value.status === 'COMPLETED' ? 'COMPLETED' : 'EXPIRED' });
    });
  }, [client, scheduleId, userId, begin]);

  const tokenId = room.status === 'IN' ? room.tokenId : room.status === 'WAITING' ? room.place.tokenId : undefined;
  const leave = useCallback((): void => {
    begin();
    entered.current = null;
    setRoom({ status: 'OUT' });
    if (tokenId !== undefined) void client.waitingRoom.leave(tokenId);
  }, [client, tokenId, begin]);

  return { ...room, enter, leave };
};
