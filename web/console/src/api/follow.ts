import { type Answer, answerOf, type Fetched } from '../../../../packages/client/src/index.js';
import { piecesOf } from '../../../../packages/client/src/connection.js';
import { type Problem, unreachable } from './client.js';

export interface Progress {
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
}

/** How a call is made that tells line by line how far it is. Aborting ends it on the server too. */
export const inLines = (signal: AbortSignal) =>
  ({ headers: { accept: 'application/x-ndjson' }, parseAs: 'stream', signal }) as const;

export type Lines = Fetched<ReadableStream<Uint8Array> | null, Problem>;

/** Of a count, or of events folded up to a position. */
const progressIn = (step: { done?: number; total?: number | null; position?: number; head?: number }): Progress => ({
  done: step.done ?? step.position ?? 0,
  total: step.total ?? step.head ?? null,
});

/** A call that takes long: how far it is while it goes on, then its answer. */
export const follow = async <A>(
  lines: Promise<Lines>,
  onProgress: (progress: Progress) => void,
): Promise<Answer<A, Problem>> => {
  const answer = await answerOf(lines);
  if (!answer.ok) return answer;
  try {
    let rest = '';
    for await (const piece of piecesOf(answer.value)) {
      const whole = (rest + piece).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) {
        const said = JSON.parse(line);
        if ('progress' in said) onProgress(progressIn(said.progress));
        if ('result' in said) return { ...answer, value: said.result };
        if ('error' in said) return { ok: false, problem: said.error };
      }
    }
  } catch {
    // Told below: the answer broke off.
  }
  return { ok: false, problem: unreachable };
};
