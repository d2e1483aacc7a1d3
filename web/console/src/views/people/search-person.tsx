import { useState } from 'preact/hooks';
import { answerOf, type components } from '../../../../../packages/client/src/index.js';
import { api, type Problem } from '../../api/client.js';
import { Trouble } from '../../parts/trouble.js';
import { linkTo } from '../../route.js';
import { t } from '../../text/index.js';
import { idsIn } from './ids-in-receipt.js';

type Found = components['schemas']['People']['items'][number];

export const SearchPerson = () => {
  const [asked, setAsked] = useState('');
  const [found, setFound] = useState<ReadonlyArray<Found> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const search = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    for (const id of idsIn(asked.trim())) {
      const answer = await answerOf(api.GET('/admin/people/{id}', { params: { path: { id } } }));
      if (!answer.ok) return setProblem(answer.problem);
      const { items } = answer.value;
      const [only] = items;
      if (only !== undefined && items.every(({ userId }) => userId === only.userId))
        return void (location.hash = linkTo('people', only.userId));
      setFound(items);
      if (items.length > 0) return;
    }
  };
  return (
    <form class="search" role="search" onSubmit={(event) => void search(event)}>
      <input
        type="search"
        name="who"
        required
        autocomplete="off"
        spellcheck={false}
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        value={asked}
        onInput={({ currentTarget }) => setAsked(currentTarget.value)}
      />
      <button class="primary" type="submit">
        {t('people.find')}
      </button>
      <div role="status">
        {found?.length === 0 && <p>{t('people.none')}</p>}
        {found?.map(({ userId, by }) => (
          <a key={`${userId} ${by}`} href={linkTo('people', userId)}>
            {userId} <span class="soft">{t(`people.by.${by}`)}</span>
          </a>
        ))}
      </div>
      {problem !== null && <Trouble problem={problem} />}
    </form>
  );
};
