import { type Language } from './language.js';

/** What can be wrong with a single field, where the words of the validator would not say enough. */
const faults = {
  INTEGER_TOO_LARGE: {
    en: 'This integer is too large to be exact as a number of JSON: send it as a string',
    ko: 'JSON 숫자로는 정확히 나타낼 수 없을 만큼 큰 정수입니다. 문자열로 보내세요',
  },
  PLAIN_TEXT: {
    en: 'Expected text without control characters, in proper Unicode',
    ko: '제어 문자가 없는 올바른 유니코드 텍스트여야 합니다',
  },
  TIME_EXPECTED: {
    en: 'Expected a date and time with seconds and zone, for example 2026-12-01T10:00:00+09:00 or 2026-12-01T01:00:00Z',
    ko: '초와 시간대가 있는 날짜와 시각이어야 합니다. 예: 2026-12-01T10:00:00+09:00 또는 2026-12-01T01:00:00Z',
  },
  TIME_OUT_OF_RANGE: {
    en: 'Expected a time in the years 1970 to 9999 (UTC)',
    ko: '1970년부터 9999년까지(UTC)의 시각이어야 합니다',
  },
  WINDOW_ORDER: {
    en: 'closesAt and usableUntil must be after opensAt',
    ko: 'closesAt과 usableUntil은 opensAt보다 뒤여야 합니다',
  },
  REPLAY_ORDER: { en: 'until must be after since', ko: 'until은 since보다 뒤여야 합니다' },
  NO_FIELDS: { en: 'Expected at least one field', ko: '필드가 하나 이상 있어야 합니다' },
  TOO_MANY_FIELDS: { en: 'Expected at most 32 fields', ko: '필드는 32개까지만 보낼 수 있습니다' },
  FLAT_VALUE: {
    en: 'Expected a string of at most 500 characters, a number, true, false or null',
    ko: '500자 이하의 문자열, 숫자, true, false 또는 null이어야 합니다',
  },
  FIELD_NAME: { en: 'Expected another name of at most 64 characters', ko: '64자 이하의 다른 이름이어야 합니다' },
  TOO_DEEP: {
    en: 'The body is nested more than 16 levels deep',
    ko: '본문이 16단계보다 깊게 중첩되어 있습니다',
  },
  MALFORMED_JSON: { en: 'The body is not valid JSON', ko: '본문이 올바른 JSON이 아닙니다' },
  NOT_UTF8: { en: 'The body is not valid UTF-8', ko: '본문이 올바른 UTF-8이 아닙니다' },
  NOT_A_CURSOR: { en: 'Expected nextCursor of the page before', ko: '이전 페이지의 nextCursor여야 합니다' },
  HOST_MISSING: { en: 'A request of HTTP/1.1 names its host', ko: 'HTTP/1.1 요청에는 Host 헤더가 있어야 합니다' },
  HOST_REPEATED: { en: 'A request names its host once', ko: 'Host 헤더는 한 번만 있어야 합니다' },
  WEBHOOK_URL: {
    en: 'Expected an https URL without user and password; http only to this machine',
    ko: '사용자 이름과 비밀번호가 없는 https URL이어야 합니다. http는 이 컴퓨터로만 보낼 수 있습니다',
  },
  IDEMPOTENCY_KEY: {
    en: 'Expected 1 to 255 visible ASCII characters',
    ko: '1~255자의 출력 가능한 ASCII 문자여야 합니다',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type Fault = keyof typeof faults;

/** A fault as a schema names it; `worded` puts it into words for its reader. */
export const fault = (key: Fault): Fault => key;

const isFault = (message: string): message is Fault => Object.hasOwn(faults, message);

/** A fault in the reader's language; any other words as they are. */
export const worded = (message: string, language: Language): string =>
  isFault(message) ? faults[message][language] : message;

export const allFaults: Readonly<Record<Fault, Readonly<Record<Language, string>>>> = faults;
