import { t } from '../text/index.js';
import { type Effect } from './action.js';

export const Effects = ({ effects }: { readonly effects: ReadonlyArray<Effect> }) => (
  <section class="effects" aria-live="polite" aria-label={t('do.effect')}>
    <h3>{t('do.effect')}</h3>
    <dl>
      {effects.map(({ what, before, after, tone }) => (
        <div key={what} data-tone={tone}>
          <dt>{what}</dt>
          <dd>
            {before !== undefined && before !== after && (
              <>
                <s>{before}</s> <span aria-hidden="true">→</span>{' '}
              </>
            )}
            <b>{after}</b>
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
