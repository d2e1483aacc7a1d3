import { type Board } from '../../../../../src/application/operating/board/board.js';
import { duration } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Figure } from './figure.js';

const LATE_MS = 5_000;

export const Figures = ({ rates, undecided }: Board) => {
  const [waiting] = Object.values(undecided);
  const { messages = 0, ageMs = 0 } = waiting ?? {};
  const perSecond = t('tonight.perSecond');
  return (
    <dl class="figures">
      <Figure label={t('tonight.accepted')} value={rates.accepted} unit={perSecond} tone="accepted" />
      <Figure label={t('tonight.decided')} value={rates.decided} unit={perSecond} tone="decided" />
      <Figure label={t('tonight.visible')} value={rates.visible} unit={perSecond} tone="visible" />
      <Figure
        label={t('tonight.waiting')}
        value={waiting && messages}
        unit={messages === 0 ? t('tonight.none') : t('tonight.oldest', { age: duration(ageMs) })}
        {...(ageMs > LATE_MS && { tone: 'late' })}
      />
    </dl>
  );
};
