import { type Board } from '../../../../src/application/operating/board/board.js';
import { dateTime } from '../text/format.js';
import { t, words } from '../text/index.js';
import { type Effect, type Field } from './action.js';
import { oneOf, text, type Values } from './values.js';

const CHALLENGES = ['NEVER', 'SUSPICIOUS', 'ALWAYS'] as const;

/** Whether those who ask must solve a challenge. */
export const challengeField = (value = 'NEVER'): Field => ({
  ...{ name: 'challenge', label: 'field.challenge', kind: 'choice', isMore: true, value },
  choices: CHALLENGES.map((each) => [each, t(`challenge.${each}`)]),
});

export const challengeIn = (values: Values) => oneOf(values, 'challenge', CHALLENGES);

export const challengeEffect = (values: Values, before: string): Effect => ({
  what: t('field.challenge'),
  before: words('challenge', before),
  after: words('challenge', values['challenge'] ?? before),
});

export const eventField = ({ events }: Board): Field => ({
  ...{ name: 'eventId', label: 'field.event', kind: 'choice' },
  choices: [['', t('field.none')], ...Object.entries(events).map(([id, { name }]) => [id, name] as const)],
});

const later = (one: string | undefined, other: string): string => (one !== undefined && one > other ? one : other);

/** When it can be had: not before its own moment, and only while its event is open. */
export const opening = (values: Values, opensAt: string | undefined, { events, at }: Board): Effect => {
  const event = events[text(values, 'eventId') ?? ''];
  const what = t('effect.opens');
  if (event?.status === 'CLOSED' || event?.status === 'CANCELLED')
    return { what, after: t('effect.eventOver'), tone: 'bad' };
  if (event?.status === 'PENDING')
    return { what, after: t('effect.withEvent', { at: dateTime(later(opensAt, event.opensAt)) }) };
  return { what, after: opensAt === undefined || opensAt <= at ? t('effect.atOnce') : dateTime(opensAt) };
};
