import { type Progress } from '../api/follow.js';
import { shown } from '../text/format.js';
import { t } from '../text/index.js';
import { Meter } from './meter.js';

/** How far something is that takes long. */
export const Running = ({ progress, stop }: { readonly progress: Progress; readonly stop: () => void }) => (
  <div class="running" role="status">
    <span>{progress.total === null ? shown(progress.done) : `${shown(progress.done)} / ${shown(progress.total)}`}</span>
    {progress.total !== null && <Meter value={progress.done} most={progress.total} />}
    <button type="button" class="quiet" onClick={stop}>
      {t('job.stop')}
    </button>
  </div>
);
