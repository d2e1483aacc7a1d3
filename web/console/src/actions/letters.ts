import { answerOf } from '../../../../packages/client/src/index.js';
import { api } from '../api/client.js';
import { t } from '../text/index.js';
import { type Action } from './action.js';

interface Letter {
  readonly id: string;
  readonly topic: string;
  readonly failureReason: string;
}

export const replayLetter = ({ id, topic, failureReason }: Letter): Action => ({
  title: 'do.replayLetter',
  subject: id,
  verb: 'do.replay',
  fields: [],
  effects: () => [
    { what: t('repair.topic'), after: topic },
    { what: t('repair.why'), after: failureReason },
    { what: t('effect.then'), after: t('effect.triedAgain') },
  ],
  request: (_, reason, once) =>
    answerOf(
      api.POST('/admin/dead-letters/{id}/replay', {
        params: { path: { id } },
        body: { dryRun: false, reason },
        ...once,
      }),
    ),
});

export const discardLetter = ({ id, failureReason }: Letter): Action => ({
  title: 'do.discardLetter',
  subject: id,
  verb: 'do.discard',
  isGrave: true,
  fields: [],
  effects: () => [
    { what: t('repair.why'), after: failureReason },
    { what: t('effect.forGood'), after: t('effect.givenUp'), tone: 'bad' },
  ],
  request: (_, reason, once) =>
    answerOf(api.POST('/admin/dead-letters/{id}/discard', { params: { path: { id } }, body: { reason }, ...once })),
});
