import { openNotice } from '../../../src/application/notices/notice-hub.js';
import { type Notice } from '../../../src/application/notices/notice.js';
import { answerOf } from '../../support/answer-of.js';
import { inMemoryPersonalData } from '../../support/in-memory/personal-data.js';

it('shows a user the reason that was sealed for them, until they are erased', async () => {
  const personalData = inMemoryPersonalData();
  const words = 'Ana moved to Harbour 2';
  const reason = await answerOf(personalData.seal({ userId: 'ana', about: 'order/o/reason' }, words));
  const data = { orderId: 'o', userId: 'ana', status: 'CANCELLED', reason };
  const notice: Notice = { position: 1, to: 'ana', kind: 'order-cancelled', data };
  const open = openNotice(personalData);
  expect(await answerOf(open(notice))).toStrictEqual({ ...notice, data: { ...data, reason: words } });
  await answerOf(personalData.forget('ana'));
  expect(await answerOf(open(notice))).toStrictEqual({ ...notice, data: { ...data, reason: 'none given' } });
});

it('leaves a notice as it is that says nothing sealed', async () => {
  const data = { orderId: 'o', userId: 'ana', status: 'CANCELLED', reason: 'EVENT_CANCELLED' };
  const notice: Notice = { position: 1, to: 'ana', kind: 'order-cancelled', data };
  expect(await answerOf(openNotice(inMemoryPersonalData())(notice))).toBe(notice);
});
