import { type Board, type BoardPoint } from '../../../application/operating/board/board.js';
import { type ReadBoard } from '../../../application/operating/board/read-board.js';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What makes `before` into `after`, as a JSON merge patch (RFC 7396); null when nothing changed. Neither may contain null
 * or undefined: in a patch null says that a field is gone.
 */
export const mergePatch = (before: Fields, after: Fields): Fields | null => {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const was = before[key];
    if (isFields(value) && isFields(was)) {
      const within = mergePatch(was, value);
      if (within !== null) patch[key] = within;
    } else if (was !== value && JSON.stringify(was) !== JSON.stringify(value)) patch[key] = value;
  }
  return Object.keys(patch).length === 0 ? null : patch;
};

/** At most two a second. */
const EVERY_MS = 500;
/** Changes of the last two minutes: a client that was away for longer gets the whole board again. */
const KEPT = 240;

interface Change {
  readonly id: number;
  readonly frame: Buffer;
}

export interface BoardFeed {
  /**
   * Hears every change from now on. `begin` is given what to send first: the changes since `lastEventId`, or the whole board
   * where that is no id of this feed or too long ago. Answers how to leave.
   */
  readonly join: (
    lastEventId: string | undefined,
    listener: { readonly begin: (first: string) => void; readonly hear: (frame: Buffer) => void },
  ) => Promise<() => void>;
}

const pointOf = ({ at, rates, undecided }: Board): BoardPoint => {
  const waiting = Object.values(undecided).reduce((sum, { messages }) => sum + messages, 0);
  return [at, rates.accepted ?? 0, rates.decided ?? 0, rates.visible ?? 0, waiting];
};

/** Reads the board twice a second while somebody listens, once for all of them, and tells what changed. */
export const boardFeed = (read: ReadBoard, newId: () => string, failed: (reason: unknown) => void): BoardFeed => {
  // Ids of another process, or of this one before it was started anew, mean nothing here.
  const epoch = newId();
  const listeners = new Set<(frame: Buffer) => void>();
  let seen: Board | null = null;
  let id = 0;
  let changes: ReadonlyArray<Change> = [];
  let points: ReadonlyArray<BoardPoint> = [];
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<Board> | null = null;

  const frameOf = (event: string, data: object): string =>
    `id: ${epoch}-${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

  const look = async (): Promise<Board> => {
    const board = await read();
    const patch = seen === null ? {} : mergePatch({ ...seen }, { ...board });
    seen = board;
    points = [...points, pointOf(board)].slice(-KEPT);
    if (patch === null) return board;
    id += 1;
    const change = { id, frame: Buffer.from(frameOf('delta', patch)) };
    changes = [...changes, change].slice(-KEPT);
    for (const hear of listeners) hear(change.frame);
    return board;
  };
  const lookOnce = (): Promise<Board> => (looking ??= look().finally(() => (looking = null)));
  const goOn = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      void lookOnce()
        .catch(failed)
        .finally(() => listeners.size > 0 && goOn());
    }, EVERY_MS).unref();
  };

  const missedSince = (lastEventId: string | undefined): ReadonlyArray<Change> | null => {
    const [, known] = new RegExp(`^${epoch}-(\\d{1,15})$`).exec(lastEventId ?? '') ?? [];
    if (known === undefined) return null;
    const missed = changes.filter((change) => change.id > Number(known));
    return missed.length === id - Number(known) ? missed : null;
  };

  return {
    join: async (lastEventId, { begin, hear }) => {
      const board = timer === null ? await lookOnce() : (seen ?? (await lookOnce()));
      const missed = missedSince(lastEventId);
      begin(missed === null ? frameOf('snapshot', { board, points }) : missed.map(({ frame }) => frame).join(''));
      listeners.add(hear);
      goOn();
      return () => void listeners.delete(hear);
    },
  };
};
