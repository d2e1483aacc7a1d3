import { type components } from '../../../../../packages/client/src/index.js';
import { longCalls } from '../../api/client.js';
import { mayChange } from '../../live/state.js';
import { Card } from '../../parts/card.js';
import { Running } from '../../parts/running.js';
import { Trouble } from '../../parts/trouble.js';
import { useJob } from '../../parts/use-job.js';
import { shown } from '../../text/format.js';
import { t } from '../../text/index.js';

/** Gate, events and views compared; what can be healed is, where that is asked for. */
export const Reconcile = () => {
  const { start, stop, progress, result, problem } = useJob<components['schemas']['Reconciled']>();
  const run = (heal: boolean): Promise<void> =>
    start((asked) => longCalls.POST('/admin/reconcile', { body: { heal }, ...asked }));
  return (
    <Card title={t('repair.reconcile')}>
      <p class="soft">{t('repair.reconcile.hint')}</p>
      {mayChange() && (
        <div class="buttons">
          <button type="button" data-changes onClick={() => void run(false)}>
            {t('repair.compare')}
          </button>
          <button type="button" data-changes class="primary" onClick={() => void run(true)}>
            {t('repair.heal')}
          </button>
        </div>
      )}
      {progress !== null && <Running progress={progress} stop={stop} />}
      {problem !== null && <Trouble problem={problem} />}
      {result !== null && (
        <div role="status">
          <p>
            {result.findings.length === 0
              ? t('repair.agrees')
              : t('repair.differs', { n: shown(result.findings.length), healed: shown(result.healed) })}
          </p>
          <ul class="lines">
            {result.findings.map(({ kind, subject, detail, healed }) => (
              <li key={`${kind} ${subject}`}>
                <code>{kind}</code>
                <span>
                  {subject} <span class="soft">{detail}</span>
                </span>
                {healed && <span class="badge">{t('repair.healed')}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
};
