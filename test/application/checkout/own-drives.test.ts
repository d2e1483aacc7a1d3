import { either as E } from 'fp-ts';
import { type Driven, type DriveOrder } from '../../../src/application/checkout/drive/drive-order.js';
import { ownDrives } from '../../../src/application/checkout/drive/own-drives.js';
import { fails, type StepError } from '../../../src/application/checkout/drive/run.js';
import { unknownOrder } from '../../../src/domain/order/order.js';

const driven = (position: number, waitsFor: Driven['waitsFor'] = []) =>
  E.right({ order: unknownOrder, revision: 0, position, waitsFor });

const driving = { orderId: 'o1', correlationId: 'trace', upTo: 'END' } as const;
const answering =
  (answer: E.Either<StepError, Driven>): DriveOrder =>
  () =>
  () =>
    Promise.resolve(answer);

test('an event that a drive to the end has seen need not be acted upon again, a later one must', async () => {
  const { watched, haveSeen } = ownDrives();
  expect(await haveSeen('o1', 7)).toBe(false);
  await watched(answering(driven(7)))(driving)();
  expect(await haveSeen('o1', 7)).toBe(true);
  expect(await haveSeen('o1', 8)).toBe(false);
  expect(await haveSeen('o2', 7)).toBe(false);
});

test.each([
  ['that only reached the next status', { ...driving, upTo: 'NEXT_STATUS' } as const, driven(7)],
  ['that failed', driving, fails('RESTORE_STOCK', 'UNAVAILABLE')],
  ['that has to wait', driving, driven(7, [{ do: 'Wait', until: null, reason: 'GATEWAY' }])],
])('a drive %s has seen nothing to its end', async (_, asked, answer) => {
  const { watched, haveSeen } = ownDrives();
  await watched(answering(answer))(asked)();
  expect(await haveSeen('o1', 7)).toBe(false);
});

test('whoever asks while a drive is under way is answered when it is over, also if it breaks off', async () => {
  const { watched, haveSeen } = ownDrives();
  const ending: { now: (answer: E.Either<StepError, Driven>) => void; not: (error: Error) => void } = {
    now: () => undefined,
    not: () => undefined,
  };
  const drive = watched(
    () => () => new Promise((resolve, reject) => Object.assign(ending, { now: resolve, not: reject })),
  );

  const first = drive(driving)();
  const whether = haveSeen('o1', 7);
  ending.now(driven(7));
  expect(await whether).toBe(true);
  await first;

  const second = drive(driving)();
  const again = haveSeen('o1', 8);
  ending.not(new Error('its stream cannot be read'));
  expect(await again).toBe(false);
  await expect(second).rejects.toThrow('cannot be read');
});
