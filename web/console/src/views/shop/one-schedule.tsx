import { type Board } from '../../../../../src/application/operating/board/board.js';
import { DoButton } from '../../actions/do-button.js';
import { changeSchedule } from '../../actions/schedules.js';
import { Meter } from '../../parts/meter.js';
import { shown } from '../../text/format.js';
import { t, words } from '../../text/index.js';
import { NotThere, Sheet } from './sheet.js';
import { useThing } from './use-thing.js';

export const OneSchedule = ({ id, now }: { readonly id: string; readonly now: Board }) => {
  const { thing: schedule, problem } = useThing('schedules', id, now.schedules[id]);
  if (schedule === undefined) return <NotThere problem={problem} />;
  const { active, waiting, activeLimit, activeTtlSeconds, admitPerSecond, activationsPerSecond } = schedule;
  return (
    <Sheet
      {...{ kind: 'schedules', id, name: id }}
      numbers={[
        [t('tonight.inLine'), shown(waiting)],
        [t('tonight.letIn'), shown(active)],
        [t('field.activeLimit'), shown(activeLimit)],
      ]}
      facts={[
        [t('field.activeTtl'), shown(activeTtlSeconds)],
        [t('field.admit'), admitPerSecond === undefined ? t('field.noLimit') : shown(admitPerSecond)],
        [t('shop.activations'), activationsPerSecond === undefined ? undefined : String(activationsPerSecond)],
        [t('field.challenge'), words('challenge', schedule.challenge)],
      ]}
      actions={<DoButton label="do.changeSchedule" class="primary" action={() => changeSchedule(id, schedule)} />}
    >
      <Meter value={active} most={activeLimit} />
    </Sheet>
  );
};
