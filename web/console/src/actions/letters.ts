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
  request: (_, reason) => ({
    path: `/admin/dead-letters/${encodeURIComponent(id)}/replay`,
    method: 'POST',
    body: { reason },
  }),
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
  request: (_, reason) => ({
    path: `/admin/dead-letters/${encodeURIComponent(id)}/discard`,
    method: 'POST',
    body: { reason },
  }),
});
