import { useState } from 'preact/hooks';
import { Card } from '../../parts/card.js';
import { ExportButtons } from '../../parts/export-buttons.js';
import { Listed } from '../../parts/listed.js';
import { PageHead } from '../../parts/page-head.js';
import { usePages } from '../../parts/use-pages.js';
import { t } from '../../text/index.js';
import { type Act, ActLine } from './act-line.js';

/** Who did what, and why; and what can be taken along. */
export const Audit = () => {
  const [subject, setSubject] = useState('');
  const asked = subject.trim() === '' ? '' : `&subject=${encodeURIComponent(subject.trim())}`;
  const pages = usePages<Act>(`/admin/audit?limit=50${asked}`);
  return (
    <>
      <PageHead title={t('page.audit')} />
      <Card title={t('export.title')}>
        <ExportButtons label={t('export.issued')} path="issued-coupons" />
        <ExportButtons label={t('export.orders')} path="orders" />
        <ExportButtons label={t('page.audit')} path="audit" />
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
