import { board } from '../../live/state.js';
import { Card } from '../../parts/card.js';
import { FlowChart } from '../../parts/flow-chart.js';
import { PageHead } from '../../parts/page-head.js';
import { clockTime } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Alarms } from './alarms.js';
import { Answers } from './answers.js';
import { Engines } from './engines.js';
import { Figures } from './figures.js';
import { Latency } from './latency.js';
import { Next } from './next.js';
import { OnSale, sellingNow } from './on-sale.js';
import { Rooms } from './rooms.js';

/** The sale as it runs, to be left open on a wall. */
export const Tonight = () => {
  const now = board.value;
  if (now === null) return <PageHead title={t('page.tonight')} />;
  return (
    <>
      <PageHead title={t('page.tonight')}>
        <time dateTime={now.at}>{clockTime(now.at)}</time>
      </PageHead>
      <Alarms alarms={Object.values(now.alarms)} />
      <Figures {...now} />
      <div class="tonight">
        <div>
          <OnSale selling={sellingNow(now)} />
          <Card title={t('tonight.flow')} class="flow">
            <FlowChart />
          </Card>
        </div>
        <div>
          <Next board={now} />
          <Rooms schedules={now.schedules} />
          <Latency latency={now.latency} />
          <Answers answers={now.answers} statuses={now.statuses} />
          <Engines engines={now.engines} views={now.views} />
        </div>
      </div>
    </>
  );
};
