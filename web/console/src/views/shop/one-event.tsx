import { type Board } from '../../../../../src/application/operating/board/board.js';
import { DoButton } from '../../actions/do-button.js';
import { cancelEvent, closeEvent, moveOpening } from '../../actions/events.js';
import { countdown, dateTime } from '../../text/format.js';
import { t } from '../../text/index.js';
import { NotThere, Sheet } from './sheet.js';
import { TiedTo } from './tied-to.js';
import { useThing } from './use-thing.js';

export const OneEvent = ({ id, now }: { readonly id: string; readonly now: Board }) => {
  const { thing: event, problem } = useThing('events', id, now.events[id]);
  if (event === undefined) return <NotThere problem={problem} />;
  const { name, status, opensAt, openedAt, scheduleId } = event;
  const opening = status === 'PENDING' ? countdown(opensAt, now.at) : dateTime(openedAt ?? opensAt);
  return (
    <Sheet
      {...{ kind: 'events', id, name, status }}
      numbers={[[status === 'PENDING' ? t('tonight.opensIn') : t('shop.openedAt'), opening]]}
      facts={[
        [t('field.opensAt'), dateTime(opensAt)],
        [
          t('field.room'),
          scheduleId && <TiedTo kind="schedules" id={scheduleId} onBoard={now.schedules[scheduleId]} />,
        ],
      ]}
      actions={
        <>
          {status === 'PENDING' && <DoButton label="do.moveOpening" action={() => moveOpening(id, event, now)} />}
          {status === 'OPEN' && <DoButton label="do.close" action={() => closeEvent(id, event, now)} />}
          {(status === 'OPEN' || status === 'PENDING') && (
            <DoButton label="do.callOff" action={() => cancelEvent(id, event, now)} />
          )}
        </>
      }
    />
  );
};
