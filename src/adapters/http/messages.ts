import { type Language } from './languages.js';
import { type ProblemCode } from './problems.js';

export type { Language };

/** The result of a request, as its answer tells it. */
export type NoticeKey =
  | 'PENDING'
  | 'PROCESSING'
  | 'SUCCESS'
  | 'CARRIED_OUT'
  | 'ISSUED'
  | 'FAILED'
  | 'NOT_REQUESTED'
  | 'DECIDED_ANEW'
  | 'ALREADY_ISSUED'
  | 'OUT_OF_STOCK'
  | 'DISK_LOW'
  | 'DISK_FULL'
  | 'DISK_FAILED';

interface Catalogue {
  readonly notices: Readonly<Record<NoticeKey, string>>;
  /** Title, then detail. */
  readonly problems: Readonly<Record<ProblemCode, readonly [title: string, detail: string]>>;
}

const en: Catalogue = {
  notices: {
    PENDING: 'Your request was accepted and will be decided in a moment.',
    PROCESSING: 'Your request is being decided.',
    SUCCESS: 'The coupon is yours.',
    CARRIED_OUT: 'The operation was carried out.',
    ISSUED: 'The coupon is yours.',
    FAILED: 'The coupon could not be issued.',
    DECIDED_ANEW: 'Your request could not be processed at first; it has been decided again.',
    NOT_REQUESTED: 'You have not asked for this coupon.',
    ALREADY_ISSUED: 'You already have this coupon.',
    OUT_OF_STOCK: 'All coupons were gone when your turn came.',
    DISK_LOW: 'The disk of the data is nearly full; nothing was accepted, try again shortly.',
    DISK_FULL: 'The disk of the data is full; nothing was accepted, try again shortly.',
    DISK_FAILED: 'The disk of the data cannot be written to; nothing was accepted, try again shortly.',
  },
  problems: {
    INVALID_REQUEST: ['Invalid request', 'The request is not valid; see errors.'],
    UNAUTHENTICATED: ['Not authenticated', 'Send a valid user token or API key in the header Authorization: Bearer.'],
    FORBIDDEN: ['Forbidden', 'You may not make this call.'],
    NOT_YOU: ['Not you', 'userId is another user: leave it out, or send your own.'],
    LOCAL_ONLY: [
      'Local only',
      'Authentication is off, so this server answers only calls from its own machine, to a loopback name and without a proxy; set AUTH=jwt to serve others.',
    ],
    NOT_FOUND: ['Not found', 'There is nothing at this address.'],
    COUPON_NOT_FOUND: ['Coupon not found', 'There is no coupon with this id.'],
    REQUEST_NOT_FOUND: ['Request not found', 'No request with this id was ever accepted.'],
    PROJECTION_NOT_FOUND: ['Projection not found', 'There is no projection with this name.'],
    DEAD_LETTER_NOT_FOUND: ['Dead letter not found', 'There is no dead letter with this id.'],
    WAITING_REQUIRED: [
      'Waiting required',
      'This sale has a waiting room. Join it, and try again when it is your turn.',
    ],
    CHALLENGE_REQUIRED: [
      'Challenge required',
      'Solve the challenge and send the solution in the header Challenge-Response; each solution can be used once.',
    ],
    SCHEDULE_NOT_FOUND: ['Schedule not found', 'There is no waiting room with this id.'],
    TOKEN_NOT_FOUND: ['Token not found', 'There is no waiting token with this id.'],
    EVENT_NOT_FOUND: ['Event not found', 'There is no event with this id.'],
    EVENT_EXISTS: ['Event exists', 'There already is an event with this id.'],
    INVALID_EVENT_STATE: ['Not in this state', 'This is not possible in the current state of the event.'],
    PRODUCT_NOT_FOUND: ['Product not found', 'There is no product with this id.'],
    ORDER_NOT_FOUND: ['Order not found', 'There is no order with this id.'],
    PAYMENT_NOT_FOUND: ['Payment not found', 'There is no payment with this id.'],
    PRODUCT_EXISTS: ['Product exists', 'There already is a product with this id.'],
    ORDER_EXISTS: ['Order exists', 'There already is an order with this id.'],
    REQUEST_ID_REUSED: ['Id reused', 'This id was used for another request; use a new one.'],
    SALE_NOT_OPEN: ['Not on sale', 'This product is sold only while its event is open.'],
    INSUFFICIENT_STOCK: ['Not enough in stock', 'There are not enough left at the moment. Nothing was reserved.'],
    PURCHASE_LIMIT: ['Purchase limit', 'You cannot have more of this product, or not yet.'],
    COUPON_NOT_USABLE: ['Coupon not usable', 'This coupon cannot be used for this order.'],
    INSUFFICIENT_POINTS: ['Not enough points', 'You have fewer points than you want to use.'],
    INVALID_ORDER_STATE: ['Not in this state', 'This is not possible in the current state of the order.'],
    NOT_PAYABLE: ['Not payable', 'This order cannot be paid now.'],
    GATEWAY_PAYMENT_USED: [
      'Gateway payment used',
      'This gatewayPaymentId belongs to another payment and cannot be used for this one.',
    ],
    NOT_ORDERER: ['Not the orderer', 'Only the user who placed the order can pay it.'],
    PAYMENT_DECLINED: ['Payment declined', 'The payment was declined; nothing was charged.'],
    AMOUNT_MISMATCH: ['Amount mismatch', 'The amount is not the price of the order; see total.'],
    POINTS_EXCEED_TOTAL: ['Points exceed total', 'You want to use more points than there is to pay.'],
    TOTAL_TOO_LARGE: ['Total too large', 'The total of one order cannot be this high.'],
    POINTS_LIMIT_REACHED: ['Too many points', 'One user cannot be given this many points in all.'],
    STOCK_LIMIT_REACHED: ['Too much stock', 'One product cannot have this much in stock.'],
    SAGA_NOT_FOUND: ['Order not parked', 'This order is not parked.'],
    USER_NOT_FOUND: ['User not found', 'Nothing is known of this user.'],
    STREAM_NOT_PARKED: ['Stream not parked', 'This consumer has not parked this stream.'],
    WEBHOOK_NOT_FOUND: ['Webhook not found', 'There is no such endpoint.'],
    TOO_MANY_WEBHOOKS: ['Too many webhooks', 'There are 20 endpoints, which is the most: delete one first.'],
    KEYS_SECRET_MISSING: ['No KEYS_SECRET', 'Webhooks are signed with secrets made of KEYS_SECRET, which is not set.'],
    METHOD_NOT_ALLOWED: ['Method not allowed', 'This address does not support this method; see Allow.'],
    REQUEST_TIMEOUT: ['Request timeout', 'The request took too long to arrive.'],
    COUPON_EXISTS: ['Coupon exists', 'There already is a coupon with this id.'],
    SOLD_OUT: ['Sold out', 'There are none left.'],
    ALREADY_REQUESTED: ['Already requested', 'You have already asked for this coupon.'],
    NOT_OPEN: ['Not open yet', 'This coupon cannot be requested yet.'],
    CLOSED: ['Closed', 'This coupon can no longer be requested.'],
    PAUSED: ['Paused', 'This coupon is paused for the moment.'],
    QUANTITY_BELOW_ISSUED: ['Quantity below issued', 'More coupons than this have already been issued.'],
    REQUEST_ID_AMBIGUOUS: [
      'Request id is not unique',
      'Several requests have this id: add couponId and userId to the address, as Location of the 202 does.',
    ],
    PROJECTION_BUSY: ['Projection busy', 'This projection is already being rebuilt.'],
    ALREADY_REPLAYED: ['Already replayed', 'This dead letter has already been replayed.'],
    ALREADY_DISCARDED: ['Already discarded', 'This dead letter has already been discarded.'],
    NOT_REPLAYABLE: ['Not replayable', 'This dead letter cannot be replayed.'],
    ORIGINAL_GONE: ['Original gone', 'The message was too large to keep, and the log no longer has it.'],
    IDEMPOTENCY_KEY_IN_PROGRESS: ['Still running', 'The first request with this Idempotency-Key is still running.'],
    RATE_LIMITED: ['Too many requests', 'You sent too many requests; try again after the time in Retry-After.'],
    PAYLOAD_TOO_LARGE: ['Payload too large', 'The body is larger than 64 KiB.'],
    UNSUPPORTED_MEDIA_TYPE: [
      'Unsupported media type',
      'A POST must have the header Content-Type: application/json, also without a body; a body must be JSON in UTF-8, not compressed.',
    ],
    EXPECTATION_FAILED: ['Expectation failed', 'The only supported expectation is 100-continue.'],
    ANSWER_NOT_KEPT: [
      'Answer not kept',
      'The first request with this Idempotency-Key was carried out, but its answer was too large to keep. Get the result from its own address.',
    ],
    IDEMPOTENCY_KEY_REUSED: ['Idempotency-Key reused', 'This Idempotency-Key was used for another request.'],
    HEADERS_TOO_LARGE: ['Headers too large', 'The headers of the request are too large.'],
    INTERNAL: ['Internal error', 'Something went wrong on our side; give the X-Request-Id when you report it.'],
    UNPROCESSABLE: [
      'Could not be processed',
      'Something went wrong on our side while this was processed; operators will look at it.',
    ],
    OVERLOADED: ['Overloaded', 'Too many requests at once; try again shortly.'],
    UNAVAILABLE: ['Unavailable', 'A part of the system is not available; nothing was accepted, try again shortly.'],
    OUTCOME_UNKNOWN: [
      'Outcome unknown',
      'The request may or may not have been accepted: ask for its status, or send it again with the same requestId.',
    ],
    NOT_READY: [
      'Not ready',
      'An engine is down, a process makes no progress, or the server is about to stop; see engines.',
    ],
  },
};

const ko: Catalogue = {
  notices: {
    PENDING: '요청이 접수되었습니다. 곧 처리됩니다.',
    PROCESSING: '요청을 처리하고 있습니다.',
    SUCCESS: '쿠폰이 발급되었습니다.',
    CARRIED_OUT: '운영자의 요청이 처리되었습니다.',
    ISSUED: '쿠폰이 발급되었습니다.',
    FAILED: '쿠폰을 발급하지 못했습니다.',
    DECIDED_ANEW: '처음에는 요청을 처리할 수 없었으나 다시 결정되었습니다.',
    NOT_REQUESTED: '이 쿠폰을 요청한 적이 없습니다.',
    ALREADY_ISSUED: '이미 발급받은 쿠폰입니다.',
    OUT_OF_STOCK: '순서가 되었을 때 쿠폰이 모두 소진되었습니다.',
    DISK_LOW: '데이터 디스크가 거의 가득 찼습니다. 접수된 것은 없으니 잠시 후 다시 시도하세요.',
    DISK_FULL: '데이터 디스크가 가득 찼습니다. 접수된 것은 없으니 잠시 후 다시 시도하세요.',
    DISK_FAILED: '데이터 디스크에 쓸 수 없습니다. 접수된 것은 없으니 잠시 후 다시 시도하세요.',
  },
  problems: {
    INVALID_REQUEST: ['잘못된 요청', '요청에 올바르지 않은 값이 있습니다. errors를 확인하세요.'],
    UNAUTHENTICATED: ['인증 필요', 'Authorization: Bearer 헤더에 상점의 토큰이나 유효한 API 키를 보내야 합니다.'],
    FORBIDDEN: ['권한 없음', '이 호출을 할 수 있는 권한이 없습니다.'],
    NOT_YOU: ['다른 사용자', 'userId가 다른 사용자를 가리킵니다. 생략하거나 자신의 id를 보내세요.'],
    LOCAL_ONLY: [
      '같은 기기에서만',
      '인증이 꺼진 서버는 같은 기기에서 루프백 이름으로, 프록시 없이 보낸 요청에만 응답합니다. 다른 곳에도 응답하려면 AUTH=jwt로 설정하세요.',
    ],
    NOT_FOUND: ['찾을 수 없음', '이 주소에는 아무것도 없습니다.'],
    COUPON_NOT_FOUND: ['쿠폰 없음', '해당 쿠폰이 없습니다.'],
    REQUEST_NOT_FOUND: ['요청 없음', '해당 요청은 접수된 적이 없습니다.'],
    PROJECTION_NOT_FOUND: ['프로젝션 없음', '해당 프로젝션이 없습니다.'],
    DEAD_LETTER_NOT_FOUND: ['데드 레터 없음', '해당 데드 레터가 없습니다.'],
    WAITING_REQUIRED: ['대기 필요', '이 판매에는 대기열이 있습니다. 대기열에 들어간 뒤 순서가 되면 다시 요청하세요.'],
    CHALLENGE_REQUIRED: [
      '확인 필요',
      'challenge를 풀고 결과를 Challenge-Response 헤더로 보내세요. 결과는 한 번만 사용할 수 있습니다.',
    ],
    SCHEDULE_NOT_FOUND: ['스케줄 없음', '해당 대기열이 없습니다.'],
    TOKEN_NOT_FOUND: ['토큰 없음', '해당 대기 토큰이 없습니다.'],
    EVENT_NOT_FOUND: ['이벤트 없음', '해당 이벤트가 없습니다.'],
    EVENT_EXISTS: ['이미 있는 이벤트', '같은 id의 이벤트가 이미 있습니다.'],
    INVALID_EVENT_STATE: ['현재 상태에서 불가', '이벤트의 현재 상태에서는 할 수 없습니다.'],
    PRODUCT_NOT_FOUND: ['상품 없음', '해당 상품이 없습니다.'],
    ORDER_NOT_FOUND: ['주문 없음', '해당 주문이 없습니다.'],
    PAYMENT_NOT_FOUND: ['결제 없음', '해당 결제가 없습니다.'],
    PRODUCT_EXISTS: ['이미 있는 상품', '같은 id의 상품이 이미 있습니다.'],
    ORDER_EXISTS: ['이미 있는 주문', '같은 id의 주문이 이미 있습니다.'],
    REQUEST_ID_REUSED: ['id 재사용', '이 id는 다른 내용의 요청에 사용되었습니다. 새 id를 사용하세요.'],
    SALE_NOT_OPEN: ['판매 중이 아님', '이 상품은 이벤트가 열려 있는 동안에만 판매됩니다.'],
    INSUFFICIENT_STOCK: ['재고 부족', '지금은 재고가 부족합니다. 아무것도 예약되지 않았습니다.'],
    PURCHASE_LIMIT: ['구매 한도', '이 상품은 더 구매할 수 없거나 아직 구매할 수 없습니다.'],
    COUPON_NOT_USABLE: ['사용할 수 없는 쿠폰', '이 주문에 사용할 수 없는 쿠폰입니다.'],
    INSUFFICIENT_POINTS: ['포인트 부족', '사용하려는 포인트가 보유 포인트보다 많습니다.'],
    INVALID_ORDER_STATE: ['현재 상태에서 불가', '현재 주문 상태에서는 할 수 없는 작업입니다.'],
    NOT_PAYABLE: ['결제할 수 없음', '지금은 이 주문을 결제할 수 없습니다.'],
    GATEWAY_PAYMENT_USED: [
      '이미 사용된 결제 번호',
      '이 gatewayPaymentId는 다른 결제에 속합니다. 그 결제에만 사용할 수 있습니다.',
    ],
    NOT_ORDERER: ['주문자가 아님', '주문한 사람만 결제할 수 있습니다.'],
    PAYMENT_DECLINED: ['결제 거절', '결제가 거절되었습니다. 청구된 금액은 없습니다.'],
    AMOUNT_MISMATCH: ['금액 불일치', '주문 금액과 다릅니다. total을 확인하세요.'],
    POINTS_EXCEED_TOTAL: ['포인트 초과', '결제할 금액보다 많은 포인트입니다.'],
    TOTAL_TOO_LARGE: ['주문 금액 초과', '한 주문의 금액이 너무 큽니다.'],
    POINTS_LIMIT_REACHED: ['포인트 한도 초과', '한 사용자에게 적립할 수 있는 포인트를 넘습니다.'],
    STOCK_LIMIT_REACHED: ['재고 한도 초과', '한 상품의 재고로 둘 수 있는 수량을 넘습니다.'],
    SAGA_NOT_FOUND: ['보류되지 않은 주문', '보류된 주문이 아닙니다.'],
    USER_NOT_FOUND: ['사용자를 찾을 수 없음', '이 사용자에 대한 정보가 없습니다.'],
    STREAM_NOT_PARKED: ['보류되지 않은 스트림', '이 소비자가 보류한 스트림이 아닙니다.'],
    WEBHOOK_NOT_FOUND: ['웹훅 없음', '해당 엔드포인트가 없습니다.'],
    TOO_MANY_WEBHOOKS: ['웹훅이 너무 많음', '엔드포인트는 20개까지입니다. 먼저 하나를 삭제하세요.'],
    KEYS_SECRET_MISSING: ['KEYS_SECRET 없음', '웹훅은 KEYS_SECRET으로 만든 비밀로 서명되는데, 설정되어 있지 않습니다.'],
    METHOD_NOT_ALLOWED: ['허용되지 않은 메서드', '이 주소는 해당 메서드를 지원하지 않습니다. Allow를 확인하세요.'],
    REQUEST_TIMEOUT: ['요청 시간 초과', '요청이 제시간에 도착하지 않았습니다.'],
    COUPON_EXISTS: ['이미 있는 쿠폰', '같은 id의 쿠폰이 이미 있습니다.'],
    SOLD_OUT: ['매진', '남은 수량이 없습니다.'],
    ALREADY_REQUESTED: ['이미 요청함', '이미 요청한 쿠폰입니다.'],
    NOT_OPEN: ['시작 전', '아직 발급이 시작되지 않았습니다.'],
    CLOSED: ['종료됨', '쿠폰 발급이 종료되었습니다.'],
    PAUSED: ['일시 중지', '쿠폰 발급이 일시 중지되었습니다.'],
    QUANTITY_BELOW_ISSUED: ['발급량보다 적은 수량', '이미 그보다 많은 쿠폰이 발급되었습니다.'],
    REQUEST_ID_AMBIGUOUS: [
      '요청 ID 중복',
      '같은 ID의 요청이 여러 개입니다. 202 응답의 Location처럼 주소에 couponId와 userId를 추가하세요.',
    ],
    PROJECTION_BUSY: ['프로젝션 작업 중', '이 프로젝션은 이미 다시 만들고 있습니다.'],
    ALREADY_REPLAYED: ['이미 재처리됨', '이미 재처리한 데드 레터입니다.'],
    ALREADY_DISCARDED: ['이미 폐기됨', '이미 폐기한 데드 레터입니다.'],
    NOT_REPLAYABLE: ['재처리 불가', '재처리할 수 없는 데드 레터입니다.'],
    ORIGINAL_GONE: ['원본 없음', '메시지가 너무 커서 보관되지 않았고 로그에도 더 이상 없습니다.'],
    IDEMPOTENCY_KEY_IN_PROGRESS: ['처리 중', '같은 Idempotency-Key의 첫 요청이 아직 처리 중입니다.'],
    RATE_LIMITED: ['요청이 너무 많음', '요청이 너무 많습니다. Retry-After가 지난 뒤 다시 시도하세요.'],
    PAYLOAD_TOO_LARGE: ['본문이 너무 큼', '본문이 64 KiB를 넘습니다.'],
    UNSUPPORTED_MEDIA_TYPE: [
      '지원하지 않는 형식',
      'POST 요청은 본문이 없어도 Content-Type: application/json 헤더가 있어야 하며, 본문은 압축하지 않은 UTF-8 JSON이어야 합니다.',
    ],
    EXPECTATION_FAILED: ['Expect 불가', '100-continue 외의 Expect는 지원하지 않습니다.'],
    ANSWER_NOT_KEPT: [
      '응답이 보관되지 않음',
      '이 Idempotency-Key의 첫 요청은 처리되었지만 응답이 너무 커서 보관되지 않았습니다. 결과를 조회하세요.',
    ],
    IDEMPOTENCY_KEY_REUSED: ['Idempotency-Key 재사용', '이 Idempotency-Key는 다른 요청에 사용되었습니다.'],
    HEADERS_TOO_LARGE: ['헤더가 너무 큼', '요청 헤더가 너무 큽니다.'],
    INTERNAL: ['내부 오류', '서버에서 문제가 발생했습니다. 문의할 때 X-Request-Id를 알려 주세요.'],
    UNPROCESSABLE: [
      '처리할 수 없음',
      '처리하는 중에 서버에서 문제가 발생했습니다. 운영자가 확인하도록 보류되었습니다.',
    ],
    OVERLOADED: ['과부하', '요청이 너무 많습니다. 잠시 후 다시 시도하세요.'],
    UNAVAILABLE: ['사용 불가', '시스템 일부를 사용할 수 없습니다. 접수된 것은 없으니 잠시 후 다시 시도하세요.'],
    OUTCOME_UNKNOWN: ['결과 불명', '접수되었는지 알 수 없습니다. 결과를 조회하거나 같은 requestId로 다시 요청하세요.'],
    NOT_READY: ['준비되지 않음', '엔진이 내려갔거나, 처리가 멈춰 있거나, 곧 종료됩니다. engines를 확인하세요.'],
  },
};

/** Every text a person may read, in every language there is. */
export const messages: Readonly<Record<Language, Catalogue>> = { en, ko };
