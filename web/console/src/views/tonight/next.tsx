import { type Board } from '../../../../../src/application/operating/board/board.js';
import { Card } from '../../parts/card.js';
import { linkTo } from '../../route.js';
import { countdown, dateTime } from '../../text/format.js';
import { t } from '../../text/index.js';

const MOST = 5;

const planned = ({ events, coupons }: Board) =>
  [
    ...Object.entries(events)
      .filter(([, { status }]) => status === 'PENDING')
      .map(([id, { name, opensAt }]) => ({ kind: 'events', id, name, opensAt })),
    ...Object.entries(coupons).flatMap(([id, { name, status, opensAt }]) =>
      status === 'SCHEDULED' && opensAt !== undefined ? [{ kind: 'coupons', id, name, opensAt }] : [],
    ),
  ]
    .sort((one, other) => one.opensAt.localeCompare(other.opensAt))
    .slice(0, MOST);

export const Next = ({ board }: { readonly board: Board }) => {
  const coming = planned(board);
  return (
    <Card title={t('tonight.next')}>
      {coming.length === 0 && <p class="soft">{t('tonight.next.none')}</p>}
      <ul class="rows">
        {coming.map(({ kind, id, name, opensAt }) => (
          <li key={`${kind} ${id}`}>
            <a href={linkTo('shop', kind, id)} class="coming">
              <span class="name">{name}</span>
              <span class="soft">{dateTime(opensAt)}</span>
              <b aria-label={t('tonight.opensIn')}>{countdown(opensAt, board.at)}</b>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
};
