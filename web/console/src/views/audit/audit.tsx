import { useState } from 'preact/hooks';
import { answerOf } from '../../../../../packages/client/src/index.js';
import { api, longCalls } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { ExportButtons } from '../../parts/export-buttons.js';
import { Listed } from '../../parts/listed.js';
import { PageHead } from '../../parts/page-head.js';
import { usePages } from '../../parts/use-pages.js';
import { t } from '../../text/index.js';
import { ActLine } from './act-line.js';

const EXPORTS = [
  ['issued-coupons', 'export.issued'],
  ['orders', 'export.orders'],
  ['audit', 'page.audit'],
] as const;

/** Who did what, and why; and what can be taken along. */
export const Audit = () => {
  const [subject, setSubject] = useState('');
  const asked = subject.trim();
  const pages = usePages(`audit ${asked}`, (cursor) => {
    const query = { limit: 50, cursor, ...(asked !== '' && { subject: asked }) };
    return answerOf(api.GET('/admin/audit', { params: { query } }));
  });
  return (
    <>
      <PageHead title={t('page.audit')} />
      <Card title={t('export.title')}>
        {EXPORTS.map(([name, label]) => (
          <ExportButtons
            key={name}
            label={t(label)}
            name={name}
            read={(format) =>
              longCalls.GET(`/admin/exports/${name}`, { params: { query: { format } }, parseAs: 'blob' })
            }
          />
        ))}
        <p class="soft">{t('export.hint')}</p>
      </Card>
      <div class="tabs">
        <input
          class="find"
          type="search"
          aria-label={t('audit.who')}
          placeholder={t('audit.who')}
          value={subject}
          onInput={({ currentTarget }) => setSubject(currentTarget.value)}
        />
      </div>
      <Listed pages={pages} none={t('audit.none')}>
        {(act) => <ActLine key={act.actId} act={act} />}
      </Listed>
    </>
  );
};
