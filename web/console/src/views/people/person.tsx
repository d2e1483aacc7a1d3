import { useState } from 'preact/hooks';
import { answerOf } from '../../../../../packages/client/src/index.js';
import { api, longCalls, type Problem } from '../../api/client.js';
import { DoButton } from '../../actions/do-button.js';
import { eraseUser } from '../../actions/people.js';
import { download } from '../../api/download.js';
import { Card } from '../../parts/card.js';
import { More } from '../../parts/more.js';
import { Trouble } from '../../parts/trouble.js';
import { useAfterActs } from '../../parts/use-after-acts.js';
import { usePages } from '../../parts/use-pages.js';
import { t } from '../../text/index.js';
import { Entry } from './entry.js';
import { OrdersOf } from './orders-of.js';

export const Person = ({ userId }: { readonly userId: string }) => {
  const path = { userId };
  const { items, problem, more, again } = usePages(userId, (cursor) =>
    answerOf(api.GET('/admin/users/{userId}/timeline', { params: { path, query: { limit: 100, cursor } } })),
  );
  useAfterActs(again);
  const [failed, setFailed] = useState<Problem | null>(null);
  const take = async (): Promise<void> => {
    const exported = longCalls.GET('/admin/users/{userId}/export', { params: { path }, parseAs: 'blob' });
    setFailed(await download(exported, `${userId}.json`));
  };
  if (problem !== null) return <Trouble problem={problem} />;
  return (
    <>
      <div class="page-head person">
        <h2>{userId}</h2>
        <div class="buttons">
          <button type="button" onClick={again}>
            {t('list.again')}
          </button>
          <button type="button" onClick={() => void take()}>
            {t('people.export')}
          </button>
          <DoButton
            label="do.erase"
            action={() => eraseUser(userId, items?.length ?? 0, items !== null && more === null)}
          />
        </div>
      </div>
      {failed !== null && <Trouble problem={failed} />}
      <OrdersOf userId={userId} happened={items ?? []} />
      <Card title={t('people.timeline')}>
        {items?.length === 0 && <p class="soft">{t('people.timeline.none')}</p>}
        <ol class="timeline">
          {items?.map((entry) => (
            <Entry key={entry.position} entry={entry} />
          ))}
        </ol>
        <More more={more} />
      </Card>
    </>
  );
};
