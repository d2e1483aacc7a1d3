import { useEffect, useState } from 'preact/hooks';
import { longCalls } from '../../api/client.js';
import { saveJson } from '../../api/download.js';
import { PageHead } from '../../parts/page-head.js';
import { Running } from '../../parts/running.js';
import { Trouble } from '../../parts/trouble.js';
import { type Job, useJob } from '../../parts/use-job.js';
import { linkTo, place } from '../../route.js';
import { t } from '../../text/index.js';
import { type Report, Verdict } from './verdict.js';

const kinds = ['coupons', 'schedules', 'orders', 'products', 'history'] as const;
type Kind = (typeof kinds)[number];

const isKind = (name: string | undefined): name is Kind => kinds.some((kind) => kind === name);

const verifying = (kind: Kind, id: string): Parameters<Job<Report>['start']>[0] => {
  switch (kind) {
    case 'coupons':
      return (asked) =>
        longCalls.GET('/admin/coupons/{couponId}/verify', { params: { path: { couponId: id } }, ...asked });
    case 'schedules':
      return (asked) =>
        longCalls.GET('/admin/schedules/{scheduleId}/verify', { params: { path: { scheduleId: id } }, ...asked });
    case 'orders':
      return (asked) =>
        longCalls.GET('/admin/orders/{orderId}/verify', { params: { path: { orderId: id } }, ...asked });
    case 'products':
      return (asked) =>
        longCalls.GET('/admin/products/{productId}/verify', { params: { path: { productId: id } }, ...asked });
    case 'history':
      return (asked) => longCalls.GET('/admin/history/verify', asked);
  }
};

/** Was it fair, and does it add up? From the events alone. */
export const Proof = () => {
  const [first, second = ''] = place.value.rest;
  const asked = place.value.rest.join('/');
  const [kind, setKind] = useState<Kind>(isKind(first) ? first : 'coupons');
  const [id, setId] = useState(second);
  const { start, stop, progress, result, problem } = useJob<Report>();
  useEffect(() => {
    if (!isKind(first)) return;
    setKind(first);
    setId(second);
    if (second !== '') void start(verifying(first, second));
  }, [first, second]);
  const submit = (event: Event): void => {
    event.preventDefault();
    const there = kind === 'history' ? linkTo('proof', kind) : linkTo('proof', kind, id.trim());
    if (location.hash === there || kind === 'history') void start(verifying(kind, id.trim()));
    location.hash = there;
  };
  return (
    <>
      <PageHead title={t('page.proof')} />
      <form class="card ask" onSubmit={submit}>
        <label class="field">
          <span>{t('proof.what')}</span>
          <select
            name="kind"
            value={kind}
            onChange={({ currentTarget }) => isKind(currentTarget.value) && setKind(currentTarget.value)}
          >
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`proof.${each}`)}
              </option>
            ))}
          </select>
        </label>
        {kind !== 'history' && (
          <label class="field">
            <span>{t('field.id')}</span>
            <input
              name="id"
              required
              autocomplete="off"
              value={id}
              onInput={({ currentTarget }) => setId(currentTarget.value)}
            />
          </label>
        )}
        <button class="primary" type="submit">
          {t('proof.verify')}
        </button>
        <p class="soft">{t('proof.hint')}</p>
      </form>
      {progress !== null && <Running progress={progress} stop={stop} />}
      {problem !== null && <Trouble problem={problem} />}
      {result !== null && (
        <Verdict of={asked} report={result} save={() => saveJson(`verify-${asked.replace('/', '-')}.json`, result)} />
      )}
    </>
  );
};
