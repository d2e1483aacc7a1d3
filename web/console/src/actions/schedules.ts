import { type Board, type ScheduleOnBoard } from '../../../../src/application/operating/board/board.js';
import { answerOf } from '../../../../packages/client/src/index.js';
import { api } from '../api/client.js';
import { board } from '../live/state.js';
import { linkTo } from '../route.js';
import { shown } from '../text/format.js';
import { t } from '../text/index.js';
import { type Action, type Effect, type Field } from './action.js';
import { asShown, changedIn } from './changed.js';
import { challengeEffect, challengeField, challengeIn } from './terms.js';
import { requiredWhole, text, whole, type Values } from './values.js';

const fields = (schedule?: ScheduleOnBoard): ReadonlyArray<Field> => [
  {
    name: 'activeLimit',
    label: 'field.activeLimit',
    kind: 'whole',
    required: true,
    ...(schedule && { value: String(schedule.activeLimit) }),
  },
  {
    name: 'activeTtlSeconds',
    label: 'field.activeTtl',
    kind: 'whole',
    required: true,
    min: 1,
    value: String(schedule?.activeTtlSeconds ?? 600),
  },
  {
    name: 'admitPerSecond',
    label: 'field.admit',
    kind: 'whole',
    min: 1,
    hint: 'field.admit.hint',
    value: String(schedule?.admitPerSecond ?? ''),
  },
  challengeField(schedule?.challenge),
];

const flow = (limit: number, { active, waiting, activeLimit }: ScheduleOnBoard): ReadonlyArray<Effect> => {
  const free = Math.max(0, limit - active);
  const over = Math.max(0, active - limit);
  return [
    { what: t('field.activeLimit'), before: shown(activeLimit), after: shown(limit) },
    { what: t('effect.letInNow'), after: shown(Math.min(waiting, free)) },
    { what: t('tonight.inLine'), before: shown(waiting), after: shown(waiting - Math.min(waiting, free)) },
    ...(over > 0 ? [{ what: t('effect.staysIn'), after: shown(over), tone: 'warn' as const }] : []),
  ];
};

const configure = (scheduleId: string, values: Values, reason: string) => {
  const body = {
    activeLimit: requiredWhole(values, 'activeLimit'),
    activeTtlSeconds: requiredWhole(values, 'activeTtlSeconds'),
    admitPerSecond: whole(values, 'admitPerSecond'),
    challenge: challengeIn(values),
    reason,
  };
  return answerOf(api.PUT('/api/v1/schedules/{scheduleId}', { params: { path: { scheduleId } }, body }));
};

export const createSchedule = ({ schedules }: Pick<Board, 'schedules'>): Action => ({
  title: 'do.createSchedule',
  verb: 'do.create',
  fields: [{ name: 'scheduleId', label: 'field.id', kind: 'id', required: true }, ...fields()],
  effects: (values) => {
    const scheduleId = text(values, 'scheduleId') ?? '';
    const there = schedules[scheduleId];
    // The server makes no difference between the two.
    if (there !== undefined) return changeSchedule(scheduleId, there).effects(values);
    return [{ what: t('field.activeLimit'), after: shown(whole(values, 'activeLimit') ?? 0) }];
  },
  request: (values, reason) => configure(text(values, 'scheduleId') ?? '', values, reason),
  then: () => linkTo('shop', 'schedules'),
});

export const changeSchedule = (scheduleId: string, schedule: ScheduleOnBoard): Action => {
  const before = fields(schedule);
  return {
    title: 'do.changeSchedule',
    subject: scheduleId,
    verb: 'do.change',
    fields: before,
    effects: (values) => {
      const limit = whole(values, 'activeLimit');
      return limit === undefined ? [] : [...flow(limit, schedule), challengeEffect(values, schedule.challenge)];
    },
    request: (values, reason) => {
      // The call sets all terms: those that were not changed, as they are by now.
      const now = asShown(fields(board.value?.schedules[scheduleId] ?? schedule));
      return configure(scheduleId, { ...now, ...changedIn(before, values) }, reason);
    },
  };
};
