import { answerOf, type components } from '../../../../../packages/client/src/index.js';
import { api } from '../../api/client.js';
import { type Action } from '../../actions/action.js';
import { DoButton } from '../../actions/do-button.js';
import { Listed } from '../../parts/listed.js';
import { usePages } from '../../parts/use-pages.js';
import { t } from '../../text/index.js';

type Skipped = components['schemas']['ParkedStreams']['items'][number];

const release = ({ consumer, streamId, reason: why }: Skipped): Action => ({
  title: 'do.release',
  subject: `${consumer}: ${streamId}`,
  verb: 'do.release',
  fields: [],
  effects: () => [
    { what: t('repair.why'), after: why },
    { what: t('effect.then'), after: t('effect.readAgain') },
  ],
  request: (_, reason, once) =>
    answerOf(api.POST('/admin/parked-streams/release', { body: { consumer, streamId, reason }, ...once })),
});

export const ParkedStreams = () => {
  const pages = usePages('parked streams', () => answerOf(api.GET('/admin/parked-streams')));
  return (
    <Listed pages={pages} none={t('repair.streams.none')}>
      {(stream) => (
        <li key={`${stream.consumer} ${stream.streamId}`}>
          <code>{stream.streamId}</code>
          <span>
            {stream.consumer}: {stream.eventType} <span class="soft">{stream.reason}</span>
          </span>
          <div class="buttons">
            <DoButton label="do.release" action={() => release(stream)} />
          </div>
        </li>
      )}
    </Listed>
  );
};
