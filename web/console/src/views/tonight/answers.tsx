import { type Board } from '../../../../../src/application/operating/board/board.js';
import { Card } from '../../parts/card.js';
import { Meter } from '../../parts/meter.js';
import { shown } from '../../text/format.js';
import { t } from '../../text/index.js';

const MOST = 6;

const largest = (counts: Board['answers']): ReadonlyArray<readonly [string, number]> =>
  Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST);

const Bars = ({ counts }: { readonly counts: ReadonlyArray<readonly [string, number]> }) => {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  return (
    <ul class="bars">
      {counts.map(([code, count]) => (
        <li key={code} data-code={code}>
          <code>{code}</code>
          <Meter value={count} most={most} />
          <b>{shown(count)}</b>
        </li>
      ))}
    </ul>
  );
};

export const Answers = ({ answers, statuses }: Pick<Board, 'answers' | 'statuses'>) => {
  const [codes, http] = [largest(answers), largest(statuses)];
  return (
    <Card title={t('tonight.answers')} hint={t('tonight.latency.hint')}>
      {codes.length + http.length === 0 && <p class="soft">{t('tonight.answers.none')}</p>}
      <Bars counts={codes} />
      <Bars counts={http} />
    </Card>
  );
};
