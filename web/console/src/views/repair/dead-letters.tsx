import { useState } from 'preact/hooks';
import { answerOf } from '../../../../../packages/client/src/index.js';
import { api } from '../../api/client.js';
import { DoButton } from '../../actions/do-button.js';
import { discardLetter, replayLetter } from '../../actions/letters.js';
import { Listed } from '../../parts/listed.js';
import { usePages } from '../../parts/use-pages.js';
import { dateTime } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Preview } from './preview.js';
import { ReplayAll } from './replay-all.js';

export const DeadLetters = () => {
  const pages = usePages('letters', (cursor) =>
    answerOf(api.GET('/admin/dead-letters', { params: { query: { limit: 50, cursor } } })),
  );
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <ReplayAll />
      <Listed pages={pages} none={t('repair.letters.none')}>
        {(letter) => (
          <li key={letter.id}>
            <button
              type="button"
              class="quiet"
              aria-expanded={open === letter.id}
              onClick={() => setOpen(open === letter.id ? null : letter.id)}
            >
              {t('repair.preview')}
            </button>
            <span>
              {letter.failureReason}
              <span class="soft">
                {' '}
                {letter.topic}, {dateTime(letter.recordedAt)}
              </span>
            </span>
            <div class="buttons">
              <DoButton label="do.replay" action={() => replayLetter(letter)} />
              <DoButton label="do.discard" action={() => discardLetter(letter)} />
            </div>
            {open === letter.id && <Preview id={letter.id} />}
          </li>
        )}
      </Listed>
    </>
  );
};
