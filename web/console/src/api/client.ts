import { createClient, type Problem as Refused, type Unanswered } from '../../../../packages/client/src/index.js';
import { you } from '../live/state.js';
import { language } from '../text/index.js';
import { credential } from './credential.js';

/** Why a call was not carried out: as the server says it, or that nobody answered. */
export type Problem = Refused | Unanswered;

export const unreachable: Unanswered = { code: 'UNREACHABLE', status: 0, detail: '' };

const callsWithin = (timeoutMs: number) =>
  createClient({
    url: location.origin,
    token: () => (credential() === '' ? undefined : credential()),
    retryForMs: 0,
    timeoutMs,
    solveChallenge: null,
    fetch: (url, sent) => {
      sent.headers.set('accept-language', language.value);
      sent.headers.set('x-actor', you.value?.name ?? 'console');
      return fetch(url, { ...sent, cache: 'no-store' });
    },
  }).api;

/**
 * The server as the reader may call it, in their language. Nothing is repeated without them: they see why it failed, and ask
 * again. A call that is not answered within a minute has failed.
 */
export const api = callsWithin(60_000);

/** The same for streams, files, and jobs that report their progress: they take as long as they need. */
export const longCalls = callsWithin(0);
