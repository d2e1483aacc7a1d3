import { type Board, type MeasuredWay } from '../../../../../src/application/operating/board/board.js';
import { Card } from '../../parts/card.js';
import { duration } from '../../text/format.js';
import { t } from '../../text/index.js';

const ways: ReadonlyArray<MeasuredWay> = ['accept', 'decide', 'visible', 'http'];

export const Latency = ({ latency }: Pick<Board, 'latency'>) => (
  <Card title={t('tonight.latency')} hint={t('tonight.latency.hint')}>
    <table class="numbers">
      <thead>
        <tr>
          <td />
          <th scope="col">p50</th>
          <th scope="col">p95</th>
          <th scope="col">p99</th>
        </tr>
      </thead>
      <tbody>
        {ways.map((way) => {
          const found = latency[way];
          return (
            <tr key={way}>
              <th scope="row">{t(`way.${way}`)}</th>
              {[found?.p50, found?.p95, found?.p99].map((ms, nth) => (
                <td key={nth}>{ms === undefined ? '–' : duration(ms)}</td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  </Card>
);
