import { type Action } from '../../actions/action.js';
import { DoButton } from '../../actions/do-button.js';
import { moment, said } from '../../actions/values.js';
import { StatusBadge } from '../../parts/badge.js';
import { Listed } from '../../parts/listed.js';
import { usePages } from '../../parts/use-pages.js';
import { duration } from '../../text/format.js';
import { t } from '../../text/index.js';

interface Endpoint {
  readonly endpointId: string;
  readonly url: string;
  readonly status: 'ACTIVE' | 'PAUSED';
  readonly pausedBecause: string | null;
  readonly problem: 'KEYS_SECRET_MISSING' | null;
  readonly lagMs: number;
  readonly lastFailure: { readonly failure: string } | null;
}

const at = ({ endpointId }: Endpoint): string => `/admin/webhooks/${encodeURIComponent(endpointId)}`;

const switchOver = (endpoint: Endpoint): Action => {
  const isPaused = endpoint.status === 'PAUSED';
  return {
    title: isPaused ? 'do.resume' : 'do.pause',
    subject: endpoint.url,
    verb: isPaused ? 'do.resume' : 'do.pause',
    fields: [],
    effects: () => [{ what: t('effect.then'), after: t(isPaused ? 'effect.goesOn' : 'effect.eventsWait') }],
    request: (_, reason) => ({ path: at(endpoint), method: 'PATCH', body: { paused: !isPaused, reason } }),
  };
};

const replay = (endpoint: Endpoint): Action => ({
  title: 'do.replay',
  subject: endpoint.url,
  verb: 'do.replay',
  fields: [
    { name: 'since', label: 'field.since', kind: 'moment', required: true },
    { name: 'until', label: 'field.until', kind: 'moment' },
  ],
  effects: () => [{ what: t('effect.then'), after: t('effect.deliveredAgain') }],
  request: (values, reason) => ({
    path: `${at(endpoint)}/replay`,
    method: 'POST',
    body: said({ since: moment(values, 'since'), until: moment(values, 'until'), reason }),
  }),
});

const whyOf = ({ problem, pausedBecause, lastFailure }: Endpoint): string =>
  problem === null ? (pausedBecause ?? lastFailure?.failure ?? '') : t('repair.webhooks.unsigned');

/** Endpoints outside that are told what happens, and how each fares. */
export const Webhooks = () => {
  const pages = usePages<Endpoint>('/admin/webhooks');
  return (
    <Listed pages={pages} none={t('repair.webhooks.none')}>
      {(endpoint) => (
        <li key={endpoint.endpointId}>
          <code>{endpoint.url}</code>
          <span>
            <StatusBadge status={endpoint.status} /> {t('repair.behind', { time: duration(endpoint.lagMs) })}{' '}
            <span class="soft">{whyOf(endpoint)}</span>
          </span>
          <div class="buttons">
            <DoButton
              label={endpoint.status === 'PAUSED' ? 'do.resume' : 'do.pause'}
              action={() => switchOver(endpoint)}
            />
            <DoButton label="do.replay" action={() => replay(endpoint)} />
          </div>
        </li>
      )}
    </Listed>
  );
};
