import { PageHead } from '../../parts/page-head.js';
import { place } from '../../route.js';
import { t } from '../../text/index.js';
import { Person } from './person.js';
import { SearchPerson } from './search-person.js';

/** One person: found by any id of theirs, and all that happened to them. */
export const People = () => {
  const [userId] = place.value.rest;
  return (
    <>
      <PageHead title={t('page.people')} />
      <SearchPerson key={userId} />
      {userId === undefined ? (
        <div class="card empty">
          <strong>{t('people.nobody')}</strong>
          <p>{t('people.hint')}</p>
        </div>
      ) : (
        <Person key={userId} userId={userId} />
      )}
    </>
  );
};
