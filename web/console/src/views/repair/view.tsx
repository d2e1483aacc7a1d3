import { type ViewOnBoard } from '../../../../../src/application/operating/board/board.js';
import { longCalls } from '../../api/client.js';
import { mayChange } from '../../live/state.js';
import { Running } from '../../parts/running.js';
import { Trouble } from '../../parts/trouble.js';
import { useJob } from '../../parts/use-job.js';
import { duration, shown } from '../../text/format.js';
import { t } from '../../text/index.js';

const tones = { LIVE: 'good', BEHIND: 'warn', STUCK: 'bad', NOT_BUILT: 'warn' } as const;

export const View = ({ name, view }: { readonly name: string; readonly view: ViewOnBoard }) => {
  const { start, stop, progress, result, problem } = useJob<object>();
  const params = { path: { name } };
  return (
    <li>
      <code>{name}</code>
      <span>
        <span class="badge" data-tone={tones[view.state]}>
          {t(`view.${view.state}`)}
        </span>
        {view.events > 0 && (
          <span class="soft">
            {' '}
            {t('view.events', { n: shown(view.events) })}, {duration(view.ageMs)}
          </span>
        )}
      </span>
      <div class="buttons">
        <button
          type="button"
          onClick={() => void start((asked) => longCalls.GET('/admin/projections/{name}/verify', { params, ...asked }))}
        >
          {t('repair.compare')}
        </button>
        {mayChange() && (
          <button
            type="button"
            data-changes
            onClick={() =>
              void start((asked) =>
                longCalls.POST('/admin/projections/{name}/rebuild', { params, body: { verify: true }, ...asked }),
              )
            }
          >
            {t('repair.rebuild')}
          </button>
        )}
      </div>
      {progress !== null && <Running progress={progress} stop={stop} />}
      {problem !== null && <Trouble problem={problem} />}
      {result !== null && <pre tabIndex={0}>{JSON.stringify(result, null, 2)}</pre>}
    </li>
  );
};
