import { useState } from 'preact/hooks';
import { type Problem } from '../api/call.js';
import { download } from '../api/download.js';
import { t } from '../text/index.js';
import { Trouble } from './trouble.js';

interface ExportButtonsProps {
  readonly label: string;
  /** Under `/admin/exports/`. */
  readonly path: string;
  readonly query?: string;
}

/** A table to be taken along, for a spreadsheet or for a program. */
export const ExportButtons = ({ label, path, query = '' }: ExportButtonsProps) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = path.replace('/', '-');
  const get = async (format: 'csv' | 'ndjson'): Promise<void> =>
    setProblem(await download(`/admin/exports/${path}?format=${format}${query}`, `${name}.${format}`));
  return (
    <div class="exports">
      <span>{label}</span>
      {(['csv', 'ndjson'] as const).map((format) => (
        <button
          key={format}
          type="button"
          class="quiet"
          aria-label={`${label}: ${t('export.get')} ${format.toUpperCase()}`}
          onClick={() => void get(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
      {problem !== null && <Trouble problem={problem} />}
    </div>
  );
};
