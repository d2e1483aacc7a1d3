import { type components } from '../../../../../packages/client/src/index.js';
import { dateTime } from '../../text/format.js';
import { t } from '../../text/index.js';

type Act = components['schemas']['Acts']['items'][number];

const toneOf = (status: number | null): string => {
  if (status === null) return 'warn';
  return status < 300 ? 'good' : 'bad';
};

const reasonIn = (asked: string | null): string => {
  try {
    return String(JSON.parse(asked ?? '{}').reason ?? '');
  } catch {
    return '';
  }
};

export const ActLine = ({ act }: { readonly act: Act }) => (
  <li class="act">
    <details>
      <summary>
        <time dateTime={act.at}>{dateTime(act.at)}</time>
        <strong>{act.subject}</strong>
        <code>
          {act.route.split(' ')[0]} {act.target}
        </code>
        <q hidden={reasonIn(act.asked) === ''}>{reasonIn(act.asked)}</q>
        <span class="badge" data-tone={toneOf(act.status)}>
          {act.status ?? '?'}
        </span>
      </summary>
      <dl class="facts">
        {(['asked', 'before', 'after', 'requestId'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`audit.${name}`)}</dt>
            <dd>
              <code>{act[name] ?? '–'}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  </li>
);
