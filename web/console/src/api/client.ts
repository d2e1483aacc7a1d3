import { createClient, type Problem as Refused, type Unanswered } from '../../../../packages/client/src/index.js';
import { you } from '../live/state.js';
import { language } from '../text/index.js';
import { credential } from './credential.js';

/** Why a call was not carried out: as the server says it, or that nobody answered. */
export type Problem = Refused | Unanswered;

export const unreachable: Unanswered = { code: 'UNREACHABLE', status: 0, detail: '' };

/** The server as the reader may call it, in their language. Nothing is repeated behind their back: they see why, and ask again. */
export const { api } = createClient({
  url: location.origin,
  token: () => (credential() === '' ? undefined : credential()),
  retryForMs: 0,
  timeoutMs: 0,
  solveChallenge: null,
  fetch: (url, sent) => {
    sent.headers.set('accept-language', language.value);
    sent.headers.set('x-actor', you.value?.name ?? 'console');
    return fetch(url, { ...sent, cache: 'no-store' });
  },
});
