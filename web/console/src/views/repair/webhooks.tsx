import { answerOf, type components } from '../../../../../packages/client/src/index.js';
import { api } from '../../api/client.js';
import { type Action } from '../../actions/action.js';
import { DoButton } from '../../actions/do-button.js';
import { moment } from '../../actions/values.js';
import { StatusBadge } from '../../parts/badge.js';
import { Listed } from '../../parts/listed.js';
import { usePages } from '../../parts/use-pages.js';
import { duration } from '../../text/format.js';
import { t } from '../../text/index.js';

type Endpoint = components['schemas']['Webhook'];

const at = ({ endpointId }: Endpoint) => ({ params: { path: { endpointId } } });

const switchOver = (endpoint: Endpoint): Action => {
  const isPaused = endpoint.status === 'PAUSED';
  return {
    title: isPaused ? 'do.resume' : 'do.pause',
    subject: endpoint.url,
    verb: isPaused ? 'do.resume' : 'do.pause',
    fields: [],
    effects: () => [{ what: t('effect.then'), after: t(isPaused ? 'effect.goesOn' : 'effect.eventsWait') }],
    request: (_, reason) => {
      const body = { paused: !isPaused, reason };
      return answerOf(api.PATCH('/admin/webhooks/{endpointId}', { ...at(endpoint), body }));
    },
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
  request: (values, reason, once) => {
    const body = { since: moment(values, 'since') ?? '', until: moment(values, 'until'), reason };
    return answerOf(api.POST('/admin/webhooks/{endpointId}/replay', { ...at(endpoint), body, ...once }));
  },
});

const whyOf = ({ problem, pausedBecause, lastFailure }: Endpoint): string =>
  problem === null ? (pausedBecause ?? lastFailure?.failure ?? '') : t('repair.webhooks.unsigned');

/** Endpoints outside that are told what happens, and how each fares. */
export const Webhooks = () => {
  const pages = usePages('webhooks', () => answerOf(api.GET('/admin/webhooks')));
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
