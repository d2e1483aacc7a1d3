import { type Board } from '../../../../../src/application/operating/board/board.js';
import { Card } from '../../parts/card.js';
import { Meter } from '../../parts/meter.js';
import { linkTo } from '../../route.js';
import { shown } from '../../text/format.js';
import { t } from '../../text/index.js';

const MOST = 4;

export const Rooms = ({ schedules }: Pick<Board, 'schedules'>) => {
  const busiest = Object.entries(schedules)
    .sort(([, one], [, other]) => other.waiting + other.active - one.waiting - one.active)
    .slice(0, MOST);
  if (busiest.length === 0) return null;
  return (
    <Card title={t('tonight.rooms')}>
      <ul class="rows">
        {busiest.map(([id, { waiting, active, activeLimit }]) => (
          <li key={id}>
            <a href={linkTo('shop', 'schedules', id)} class="room">
              <span class="name">{id}</span>
              <span>
                {t('tonight.inLine')} <b>{shown(waiting)}</b>
              </span>
              <span>
                {t('tonight.letIn')} <b>{shown(active)}</b>{' '}
                <small>{t('tonight.ofLimit', { n: shown(activeLimit) })}</small>
              </span>
              <Meter value={active} most={activeLimit} />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
};
