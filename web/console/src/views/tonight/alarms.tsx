import { type Alarm } from '../../../../../src/application/operating/board/board.js';
import { duration, shown } from '../../text/format.js';
import { t, words } from '../../text/index.js';

const said = ({ kind, subject = '', count = 0, ageMs = 0 }: Alarm): string =>
  t(`alarm.${kind}`, { subject: words('engine', subject), count: shown(count), age: duration(ageMs) });

const rank = ({ severity }: Alarm): number => (severity === 'critical' ? 0 : 1);

/** What needs a person, the worst first; one calm line while nothing does. */
export const Alarms = ({ alarms }: { readonly alarms: ReadonlyArray<Alarm> }) => {
  if (alarms.length === 0)
    return (
      <p class="alarms calm" role="status">
        {t('tonight.calm')}
      </p>
    );
  return (
    <div class="alarms" role="alert">
      <strong>{t('tonight.alarms', { n: shown(alarms.length) })}</strong>
      <ul>
        {[...alarms]
          .sort((one, other) => rank(one) - rank(other))
          .map((alarm) => (
            <li key={`${alarm.kind} ${alarm.subject}`} data-severity={alarm.severity}>
              {said(alarm)}
            </li>
          ))}
      </ul>
    </div>
  );
};
