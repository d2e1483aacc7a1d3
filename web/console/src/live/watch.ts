import { type Board, type BoardPoint } from '../../../../src/application/operating/board/board.js';
import { messages, openConnection } from '../../../../packages/client/src/connection.js';
import { longCalls } from '../api/client.js';
import { credential } from '../api/credential.js';
import { applyPatch } from './apply-patch.js';
import { board, connection, points, you } from './state.js';

const POINTS = 240;
/** However fast changes come, what is seen changes at most so often. */
const SHOWN_EVERY_MS = 250;

let lastEventId = '';
let retryMs = 1_000;
let current: Board | null = null;
let line: ReadonlyArray<BoardPoint> = [];
let isShowing = false;
let leaving = new AbortController();

const show = (): void => {
  if (isShowing) return;
  isShowing = true;
  setTimeout(() => {
    isShowing = false;
    board.value = current;
    points.value = line;
  }, SHOWN_EVERY_MS);
};

const pointOf = ({ at, rates, undecided }: Board): BoardPoint => {
  const waiting = Object.values(undecided).reduce((sum, { messages }) => sum + messages, 0);
  return [at, rates.accepted ?? 0, rates.decided ?? 0, rates.visible ?? 0, waiting];
};

const isBoard = (value: unknown): value is Board => typeof value === 'object' && value !== null && 'coupons' in value;

interface Said {
  readonly id?: string | undefined;
  readonly event?: string | undefined;
  readonly data: string;
}

const hear = ({ id = lastEventId, event, data }: Said): void => {
  const said = JSON.parse(data);
  if (event === 'you') {
    you.value = said;
    return;
  }
  lastEventId = id;
  if (event === 'snapshot') {
    current = said.board;
    line = said.points;
  } else if (current !== null) {
    const next = applyPatch(current, said);
    if (!isBoard(next)) return;
    current = next;
    const last = line.at(-1);
    // A point for each half second, however often something changes in between.
    if (last === undefined || Date.parse(next.at) - Date.parse(last[0]) >= 400)
      line = [...line.slice(1 - POINTS), pointOf(next)];
  }
  if (board.value === null) {
    board.value = current;
    points.value = line;
  } else show();
  if (current !== null) connection.value = 'live';
};

const listen = async (signal: AbortSignal): Promise<void> => {
  const stream = openConnection(signal);
  try {
    const headers = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
    const { data, response } = await longCalls.GET('/admin/stream', {
      headers,
      parseAs: 'stream',
      signal: stream.signal,
    });
    const { status } = response;
    if (status === 401) connection.value = credential() === '' ? 'signed-out' : 'refused';
    else if (status === 403) connection.value = 'forbidden';
    if (status === 401 || status === 403) return leaving.abort();
    if (data === undefined || data === null) throw new Error(`Answered ${status}`);
    for await (const message of messages(data, stream, (ms) => (retryMs = ms))) hear(message);
  } finally {
    stream.close();
  }
};

/** Hears how the sale stands for as long as the page is open, and comes back when the connection is lost. */
export const watch = async (): Promise<void> => {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  if (current === null) connection.value = 'connecting';
  while (!signal.aborted) {
    await listen(signal).catch(() => undefined);
    if (signal.aborted) return;
    connection.value = 'away';
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
};

/** Forgets what was seen: somebody else may sign in. */
export const forget = (): void => {
  leaving.abort();
  [lastEventId, current, line] = ['', null, []];
  [board.value, points.value, you.value, connection.value] = [null, [], null, 'signed-out'];
};
