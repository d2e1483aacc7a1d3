/** What a run says to whoever watches, beside its tables. */
export interface Progress {
  /** A line of its own, after the time and the row it belongs to. */
  readonly say: (text: string) => void;
  /** From now on it is about this one of so many rows; with nothing, about none. */
  readonly about: (row?: { readonly name: string; readonly limitMs: number; readonly place: string }) => void;
}

const CLEAR = '\r\u001b[K';
const BAR = 24;

/** Lines on `stream`; on a terminal there is a last one that moves: how much of its time the row has used. */
export const progressOn = (stream: NodeJS.WriteStream): Progress => {
  const began = performance.now();
  let current: Parameters<Progress['about']>[0];
  let since = began;
  let drawing: NodeJS.Timeout | undefined;
  const draw = (): void => {
    if (current === undefined || !stream.isTTY) return;
    const [used, limit] = [performance.now() - since, current.limitMs];
    const full = Math.min(BAR, Math.round((BAR * used) / limit));
    const bar = '█'.repeat(full) + '░'.repeat(BAR - full);
    stream.write(
      `${CLEAR}${current.place} ${current.name} ${bar} ${(used / 1_000).toFixed(0)} of at most ${limit / 1_000} s`,
    );
  };
  return {
    say: (text) => {
      const at = ((performance.now() - began) / 1_000).toFixed(0).padStart(4);
      const row = current === undefined ? '' : `${current.place} ${current.name}: `;
      stream.write(`${stream.isTTY ? CLEAR : ''}${at} s  ${row}${text}\n`);
      draw();
    },
    about: (row) => {
      if (stream.isTTY) stream.write(CLEAR);
      [current, since] = [row, performance.now()];
      clearInterval(drawing);
      if (row !== undefined && stream.isTTY) drawing = setInterval(draw, 500).unref();
    },
  };
};
