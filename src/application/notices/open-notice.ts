import { function as F, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { isSealed } from '../../domain/sealed.js';
import { openReason } from '../checkout/order/cancel-reason.js';
import { type PersonalData } from '../kernel/personal-data/personal-data.js';
import { type Notice } from './notice.js';

const cancelled = z.looseObject({ orderId: z.string(), userId: z.string(), reason: z.custom<string>(isSealed) });

/** A notice as its user reads it: what was sealed for them is opened. */
export const openNotice = (personalData: PersonalData) => {
  const open = openReason(personalData);
  return (notice: Notice): TE.TaskEither<'PersonalDataUnavailable', Notice> => {
    const data = notice.kind === 'order-cancelled' ? cancelled.safeParse(notice.data).data : undefined;
    if (data === undefined) return TE.right(notice);
    return F.pipe(
      open(data.userId, data.orderId, data.reason),
      TE.map((reason) => ({ ...notice, data: { ...data, reason } })),
    );
  };
};
