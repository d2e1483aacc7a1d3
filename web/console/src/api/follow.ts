import { problemIn, type Request, type Result, send, UNREACHABLE } from './call.js';

export interface Progress {
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
}

/** Of a count, or of events folded up to a position. */
const progressIn = (step: { done?: number; total?: number | null; position?: number; head?: number }): Progress => ({
  done: step.done ?? step.position ?? 0,
  total: step.total ?? step.head ?? null,
});

/** A call that takes long: how far it is while it goes on, then its answer. Aborting ends it on the server too. */
export const follow = async <A>(
  path: string,
  request: Request,
  onProgress: (progress: Progress) => void,
): Promise<Result<A>> => {
  try {
    const answer = await send({ ...request, accept: 'application/x-ndjson' }, path);
    if (!answer.ok || answer.body === null) return { ok: false, problem: await problemIn(answer) };
    let rest = '';
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const said = JSON.parse(line);
        if ('progress' in said) onProgress(progressIn(said.progress));
        if ('result' in said) return { ok: true, value: said.result };
        if ('error' in said) return { ok: false, problem: { ...UNREACHABLE, ...said.error } };
      }
    }
  } catch {
    // Told below: the answer broke off.
  }
  return { ok: false, problem: UNREACHABLE };
};
