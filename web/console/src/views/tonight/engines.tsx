import { type Board } from '../../../../../src/application/operating/board/board.js';
import { Card } from '../../parts/card.js';
import { shown } from '../../text/format.js';
import { t, words } from '../../text/index.js';

export const Engines = ({ engines, views }: Pick<Board, 'engines' | 'views'>) => {
  const behind = Object.entries(views).filter(([, { state }]) => state !== 'LIVE');
  return (
    <Card title={t('tonight.engines')}>
      <ul class="states">
        {Object.entries(engines).map(([name, state]) => (
          <li key={name} data-state={state}>
            <i aria-hidden="true" />
            <span>{words('engine', name)}</span>
            <span class="soft">{t(`engine.${state}`)}</span>
          </li>
        ))}
        <li data-state={behind.length === 0 ? 'ok' : 'degraded'}>
          <i aria-hidden="true" />
          <span>{t('tonight.views')}</span>
          <span class="soft">
            {behind.length === 0
              ? `${shown(Object.keys(views).length)} ${t('view.LIVE')}`
              : behind.map(([view, { events }]) => `${view}: ${t('view.events', { n: shown(events) })}`).join(', ')}
          </span>
        </li>
      </ul>
    </Card>
  );
};
