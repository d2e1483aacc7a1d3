import { useState } from 'preact/hooks';
import { type Fetched } from '../../../../packages/client/src/index.js';
import { type Problem } from '../api/client.js';
import { download } from '../api/download.js';
import { t } from '../text/index.js';
import { Trouble } from './trouble.js';

interface ExportButtonsProps {
  readonly label: string;
  /** Of the file. */
  readonly name: string;
  readonly read: (format: 'csv' | 'ndjson') => Promise<Fetched<Blob, Problem>>;
}

/** A table to be taken along, for a spreadsheet or for a program. */
export const ExportButtons = ({ label, name, read }: ExportButtonsProps) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const get = async (format: 'csv' | 'ndjson'): Promise<void> =>
    setProblem(await download(read(format), `${name}.${format}`));
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
