import { type Answer, answerOf, type Client, type components, createClient } from '../../packages/client/src/index.js';
import { checkedFetch } from './contract/checked-fetch.js';

/** Anything but a success throws. */
export const valueOf = async <T>(answer: Promise<Answer<T, { readonly code: string }>>): Promise<T> => {
  const given = await answer;
  if (!given.ok) throw new Error(JSON.stringify(given.problem));
  return given.value;
};

/** The waiting room of one schedule, at whichever door `url` names. */
export const waitingRoomClient = (
  url: string | (() => string),
  scheduleId: string,
  /** Bearer credentials, where the server asks for them. */
  keys: { readonly operator?: string; readonly service?: string } = {},
) => {
  const at = (token?: string): Client =>
    createClient({ url: typeof url === 'string' ? url : url(), token, fetch: checkedFetch });
  const [operator, service] = [() => at(keys.operator), () => at(keys.service)];
  const room = { params: { path: { scheduleId } } };
  return {
    configure: (terms: components['schemas']['ScheduleTerms']) =>
      valueOf(answerOf(operator().api.PUT('/api/v1/schedules/{scheduleId}', { ...room, body: terms }))),
    join: (userId: string) => valueOf(service().waitingRoom.join({ scheduleId, userId })),
    ask: (tokenId: string, wait = 0) => {
      const headers = wait > 0 ? { prefer: `wait=${wait}` } : {};
      const params = { path: { tokenId } };
      return valueOf(answerOf(service().api.GET('/api/v1/waiting-token/{tokenId}', { params, headers })));
    },
    leave: async (tokenId: string): Promise<number> => {
      const params = { path: { tokenId } };
      return (await service().api.DELETE('/api/v1/waiting-token/{tokenId}', { params })).response.status;
    },
    verify: () => valueOf(answerOf(operator().api.GET('/admin/schedules/{scheduleId}/verify', room))),
  };
};
