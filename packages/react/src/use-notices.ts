import { type Client, type Listening, type Notice } from '@doorbuster/client';
import { useEffect, useRef, useState } from 'react';
import { useLatest } from './lifetime.js';

export interface NoticesOptions extends Omit<Listening, 'signal'> {
  /** Told of each notice, once and in order. What it throws is reported as any error of the page; the notices go on. */
  readonly onNotice: (notice: Notice) => void;
}

/** Listens while the component is there. REFUSED: this caller may not listen, and is not tried again. */
export const useNotices = (
  client: Client,
  options: NoticesOptions,
): 'CONNECTING' | 'CONNECTED' | 'LOST' | 'REFUSED' => {
  const [state, setState] = useState<'CONNECTING' | 'CONNECTED' | 'LOST' | 'REFUSED'>('CONNECTING');
  const { userId } = options;
  const latest = useLatest(options);
  const seen = useRef({ userId, id: options.lastEventId });
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const hear = async (): Promise<void> => {
      setState('CONNECTING');
      const { ticket: given, lastEventId: first } = latest.current;
      const ticket = given && (() => (latest.current.ticket ?? given)());
      const lastEventId = seen.current.userId === userId ? seen.current.id : first;
      for await (const notice of client.notices.listen({ userId, ticket, lastEventId, signal })) {
        if (signal.aborted) return;
        if ('id' in notice) seen.current = { userId, id: notice.id };
        if (notice.kind === 'connected') setState('CONNECTED');
        if (notice.kind === 'lost') setState('LOST');
        if (notice.kind === 'refused') setState('REFUSED');
        try {
          latest.current.onNotice(notice);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    };
    void hear();
    return () => ending.abort();
  }, [client, userId, latest]);
  return state;
};
