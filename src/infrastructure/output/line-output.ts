/** Writes some of these bytes and answers how many; throws as the file system does, EAGAIN where it would have to wait. */
export type WriteSome = (bytes: Buffer) => number;

export interface LineOutputOptions {
  readonly writeSome: WriteSome;
  /** The line that says how many were dropped, once lines can be written again. */
  readonly droppedLine: (lines: number) => string;
  /** So many characters are written at once, fewer after `withinMs`. */
  readonly atOnce?: number;
  readonly withinMs?: number;
  /** So many characters wait for a slow reader; what comes beyond is dropped. */
  readonly most?: number;
}

/** Lines on their way out. Whatever becomes of the output, taking a line neither waits nor throws. */
export interface LineOutput {
  readonly write: (line: string) => void;
  /** Writes what is held, as far as it can without waiting longer than `patienceMs`. Default: not at all. */
  readonly flush: (patienceMs?: number) => void;
  /** Lines that were not written, since the start. */
  readonly dropped: () => number;
}

const NEWLINE = 10;
/** How soon a reader that was too slow is tried again. */
const RETRY_MS = 50;
const PAUSE_MS = 5;

const isFull = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EAGAIN';

const sleepSync = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const linesIn = (bytes: Buffer): number => bytes.reduce((lines, byte) => (byte === NEWLINE ? lines + 1 : lines), 0);

/**
 * Gathers lines into larger writes. A reader too slow is waited for with what fits into memory; when nothing can be written
 * (no reader any more, no room on the disk) lines are dropped and counted, and the next write that succeeds begins with
 * a line that says so.
 */
export const lineOutput = ({
  writeSome,
  droppedLine,
  atOnce = 4_096,
  withinMs = 1_000,
  most = 1_048_576,
}: LineOutputOptions): LineOutput => {
  let pending: string[] = [];
  let held = 0;
  let rest = Buffer.alloc(0);
  /** How much of `rest` is the line about dropped ones, and how many it tells of. */
  let [noticeLeft, telling] = [0, 0];
  let [dropped, told] = [0, 0];
  let [isTorn, isBlocked] = [false, false];
  let timer: NodeJS.Timeout | null = null;

  const take = (): void => {
    const notice = `${isTorn ? '\n' : ''}${dropped > told ? droppedLine(dropped - told) : ''}`;
    telling = dropped;
    noticeLeft = Buffer.byteLength(notice);
    rest = Buffer.from(notice + pending.join(''));
    pending = [];
  };

  const lose = (): void => {
    const ofNotice = noticeLeft > 0 ? linesIn(rest.subarray(0, noticeLeft)) : 0;
    dropped += linesIn(rest) - ofNotice + pending.length;
    [pending, held, noticeLeft] = [[], 0, 0];
    rest = Buffer.alloc(0);
  };

  const advance = (bytes: number): void => {
    if (bytes > 0) isTorn = rest[bytes - 1] !== NEWLINE;
    if (noticeLeft > 0 && bytes >= noticeLeft) told = telling;
    noticeLeft = Math.max(0, noticeLeft - bytes);
    rest = rest.subarray(bytes);
  };

  const drain = (): void => {
    isBlocked = false;
    try {
      while (rest.length > 0 || pending.length > 0) {
        if (rest.length === 0) take();
        advance(writeSome(rest));
      }
      held = 0;
    } catch (error) {
      if (isFull(error)) isBlocked = true;
      else lose();
    }
  };

  const later = (): void => {
    if (timer !== null || held === 0) return;
    const due = (): void => {
      timer = null;
      drain();
      later();
    };
    timer = setTimeout(due, isBlocked ? RETRY_MS : withinMs).unref();
  };

  return {
    write: (line) => {
      if (held + line.length > most) return void (dropped += 1);
      pending.push(line);
      held += line.length;
      if (held >= atOnce && !isBlocked) drain();
      later();
    },
    flush: (patienceMs = 0) => {
      drain();
      for (const until = performance.now() + patienceMs; isBlocked && performance.now() < until; drain())
        sleepSync(PAUSE_MS);
      later();
    },
    dropped: () => dropped,
  };
};
