import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { type Language, messages, type NoticeKey } from './messages.js';

/** Why a request led to nothing, in every language. */
export const reasons: Readonly<Record<Language, Readonly<Record<RejectionCode, string>>>> = {
  en: {
    COUPON_NOT_FOUND: 'There is no coupon with this id.',
    NOT_OPEN: 'The coupon was not given out yet when your turn came.',
    CLOSED: 'The coupon was no longer given out when your turn came.',
    PAUSED: 'Giving out the coupon was paused when your turn came.',
    ALREADY_ISSUED: messages.en.notices.ALREADY_ISSUED,
    OUT_OF_STOCK: messages.en.notices.OUT_OF_STOCK,
    QUANTITY_BELOW_ISSUED: 'More coupons than that were issued already.',
    INVALID_WINDOW: 'Giving out and using must end after giving out begins.',
    ABANDONED: 'Your request was lost before it could be decided; nothing was taken.',
    UNPROCESSABLE: 'Your request could not be processed; operators have been told.',
  },
  ko: {
    COUPON_NOT_FOUND: '해당 쿠폰이 없습니다.',
    NOT_OPEN: '순서가 되었을 때 아직 발급이 시작되지 않았습니다.',
    CLOSED: '순서가 되었을 때 발급이 종료되었습니다.',
    PAUSED: '순서가 되었을 때 발급이 일시 중지되었습니다.',
    ALREADY_ISSUED: messages.ko.notices.ALREADY_ISSUED,
    OUT_OF_STOCK: messages.ko.notices.OUT_OF_STOCK,
    QUANTITY_BELOW_ISSUED: '이미 그보다 많은 쿠폰이 발급되었습니다.',
    INVALID_WINDOW: '발급 종료와 사용 종료는 발급 시작보다 뒤여야 합니다.',
    ABANDONED: '요청이 처리되기 전에 유실되었습니다. 차감된 것은 없습니다.',
    UNPROCESSABLE: '요청을 처리할 수 없었습니다. 운영자에게 알렸습니다.',
  },
};

/** What became of a request, in words; of one that failed, why. */
export const outcomeMessage = (
  language: Language,
  { status, code }: { readonly status: NoticeKey; readonly code?: RejectionCode },
): string => (code === undefined ? messages[language].notices[status] : reasons[language][code]);
