import { client } from './api.js';

const ticketFor = async (userId) => {
  const got = await client.notices.ticket(userId);
  if (!got.ok) throw new Error(got.problem.detail);
  return got.value.ticket;
};

/** What a user is told, as it happens; answers how to stop it. */
export const listen = (userId, { onState, onNotice, onResync }) => {
  const ending = new AbortController();
  const hear = async () => {
    const notices = client.notices.listen({ userId, ticket: () => ticketFor(userId), signal: ending.signal });
    for await (const { kind, data, id } of notices) {
      if (ending.signal.aborted) return;
      if (kind === 'connected') onState('on');
      else if (kind === 'lost' || kind === 'refused') onState('lost');
      else if (kind === 'resync') onResync();
      else onNotice(kind, data, id);
    }
  };
  void hear();
  return () => {
    ending.abort();
    onState('off');
  };
};
