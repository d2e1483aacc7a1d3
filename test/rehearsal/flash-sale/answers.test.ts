import { wrongAnswers } from '../../../src/rehearsal/flash-sale/answers.js';

test.each([
  ['order read 404 ORDER_NOT_FOUND', true],
  ['payment 404 PAYMENT_NOT_FOUND', true],
  ['order 409 SALE_NOT_OPEN', true],
  ['coupon 409 NOT_OPEN', true],
  ['payment 500 INTERNAL', true],
  ['order 409 INSUFFICIENT_STOCK', false],
  ['coupon 409 SOLD_OUT', false],
  ['order read 200', false],
  ['payment 402 DECLINED', false],
])('in an open sale, «%s» is %s a fault', (answer, isFault) => {
  expect(wrongAnswers([answer])).toEqual(isFault ? [`answered with ${answer}`] : []);
});
