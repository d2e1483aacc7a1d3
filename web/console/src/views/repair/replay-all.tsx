import { useState } from 'preact/hooks';
import { longCalls } from '../../api/client.js';
import { mayChange } from '../../live/state.js';
import { Card } from '../../parts/card.js';
import { Running } from '../../parts/running.js';
import { Trouble } from '../../parts/trouble.js';
import { useJob } from '../../parts/use-job.js';
import { t } from '../../text/index.js';

const TOPICS = ['coupon-issue-requests', 'waiting-token', 'stock-requests'] as const;

/** The oldest of a topic: first as a dry run, then at a rate. */
export const ReplayAll = () => {
  const [topic, setTopic] = useState<(typeof TOPICS)[number]>(TOPICS[0]);
  const [rate, setRate] = useState('50');
  const [most, setMost] = useState('100');
  const numbers = [
    ['repair.rate', rate, setRate],
    ['repair.most', most, setMost],
  ] as const;
  const [reason, setReason] = useState('');
  const { start, stop, progress, result, problem } = useJob<object>();
  if (!mayChange()) return null;
  const replay = (dryRun: boolean): Promise<void> =>
    start((asked) => {
      const body = { topic, dryRun, rate: Number(rate), limit: Number(most), ...(reason !== '' && { reason }) };
      return longCalls.POST('/admin/dead-letters/replay', { body, ...asked });
    });
  const submit = (event: Event): void => {
    event.preventDefault();
    void replay(false);
  };
  return (
    <Card title={t('repair.all')}>
      <form class="ask" onSubmit={submit}>
        <label class="field">
          <span>{t('repair.topic')}</span>
          <select
            value={topic}
            onChange={({ currentTarget }) => setTopic(TOPICS[currentTarget.selectedIndex] ?? topic)}
          >
            {TOPICS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        {numbers.map(([label, value, set]) => (
          <label class="field" key={label}>
            <span>{t(label)}</span>
            <input
              type="number"
              min="1"
              required
              value={value}
              onInput={({ currentTarget }) => set(currentTarget.value)}
            />
          </label>
        ))}
        <label class="field">
          <span>{t('do.reason')}</span>
          <input
            required
            maxLength={500}
            autocomplete="off"
            value={reason}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </label>
        <button type="button" data-changes onClick={() => void replay(true)}>
          {t('repair.dryRun')}
        </button>
        <button class="primary" type="submit" data-changes>
          {t('do.replay')}
        </button>
      </form>
      {progress !== null && <Running progress={progress} stop={stop} />}
      {problem !== null && <Trouble problem={problem} />}
      {result !== null && <pre tabIndex={0}>{JSON.stringify(result, null, 2)}</pre>}
    </Card>
  );
};
