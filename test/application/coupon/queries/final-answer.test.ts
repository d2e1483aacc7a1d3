import { either as E, option as O } from 'fp-ts';
import { finalAnswerIn } from '../../../../src/application/coupon/release-leaked.js';
import { liveReader } from '../../../../src/application/kernel/projection/live-reader.js';
import { eventually } from '../../../support/eventually.js';
import { AT, created, issuedTo, rejected, sale } from './sale.js';

const asked = (userId: string, at: number) => ({ couponId: 'c1', userId, requestId: `r-${userId}`, at });

test('the final answer to a request that stays pending: issued, rejected, or none where it was asked again since', async () => {
  const { ports, happened, start } = sale();
  const running = await start();
  const finalAnswer = finalAnswerIn(liveReader(ports.readModels));
  const before = Date.now();
  await happened([created(1), issuedTo('ana', 1), rejected('ben', 'OUT_OF_STOCK'), rejected('cleo', 'ABANDONED')]);
  await eventually(async () =>
    expect(await finalAnswer(asked('cleo', before - 1))()).toEqual(E.right(O.some('Rejected'))),
  );
  expect(await finalAnswer(asked('cleo', Date.now() + 1))()).toEqual(E.right(O.none));
  expect(await finalAnswer(asked('ana', AT))()).toEqual(E.right(O.some('Issued')));
  expect(await finalAnswer(asked('ben', AT))()).toEqual(E.right(O.some('Rejected')));
  expect(await finalAnswer(asked('dora', AT))()).toEqual(E.right(O.none));
  await running.stop();
});
