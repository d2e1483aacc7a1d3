import { t } from '../../text/index.js';

export interface Report {
  readonly verdict: 'PASS' | 'FAIL';
  readonly checks?: ReadonlyArray<{ readonly name: string; readonly ok: boolean; readonly detail: string }>;
  readonly reasons: ReadonlyArray<unknown>;
}

interface VerdictProps {
  /** What it is about. */
  readonly of: string;
  readonly report: Report;
  readonly save: () => void;
}

/** PASS or FAIL, and every rule that was looked at: those that failed first. */
export const Verdict = ({ of, report, save }: VerdictProps) => {
  const { verdict, checks = [] } = report;
  return (
    <section class="card verdict" data-of={of} data-verdict={verdict} role="status" aria-label={t('proof.verdict')}>
      <header>
        <strong>{verdict}</strong>
        <span>{t(`proof.${verdict}`)}</span>
        <button type="button" onClick={save}>
          {t('proof.report')}
        </button>
      </header>
      <ul>
        {[...checks]
          .sort((one, other) => Number(one.ok) - Number(other.ok))
          .map(({ name, ok, detail }) => (
            <li key={name} data-ok={ok}>
              <b>{ok ? '✓' : '✗'}</b>
              <div>
                {name}
                <p class="soft">{detail}</p>
              </div>
            </li>
          ))}
      </ul>
    </section>
  );
};
