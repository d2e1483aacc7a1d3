import { either as E } from 'fp-ts';
import { createHash } from 'node:crypto';
import { derivedId } from '../../../application/kernel/writer/event-ids.js';
import { type IdempotencyKeys, type StoredResponse } from '../../../application/ports/idempotency.js';
import { type Caller } from '../../../application/ports/identity.js';
import { type Ports } from '../../../application/ports/ports.js';
import { type Answer, problem, type Written } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { fault } from '../faults.js';
import { type Language } from '../language.js';
import { invalidRequest, type Kept, keptOfProblem, type Refusal, tryAgain } from '../problems.js';
import { type Serve } from '../route.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** A key is its caller's own: the same one of another caller is another key. No key of a caller has a space in it. */
const scopeOf = (caller: Caller): string => {
  switch (caller.kind) {
    case 'user':
      return `user ${caller.userId} `;
    case 'anonymous':
    case 'local':
      return '';
    default:
      return `${caller.kind} ${caller.name} `;
  }
};

const fingerprint = ({ req, target }: Exchange, body: Buffer): string =>
  createHash('sha256').update(`${req.method} ${target}\n`).update(body).digest('base64url');

/** Of a body. Larger than any answer of the shop's own: a list of faults or of what was repaired. */
const MOST_KEPT_BYTES = 4_096;

/** An answer as it is stored: all of it or, where it is large, that it was given, and where what it made is. */
const stored = ({ status, headers, body }: Written, language: Language): StoredResponse => {
  if (Buffer.byteLength(body) <= MOST_KEPT_BYTES) return { status, headers, body };
  const { Location } = headers;
  const refusal = problem(
    { code: 'ANSWER_NOT_KEPT', ...(Location !== undefined && { headers: { Location } }) },
    language,
  );
  return { status: refusal.status, headers: refusal.headers, body: refusal.body };
};

/** Accepted is not decided, and what moves is asked anew. */
const keptOf = ({ status, code, isMoving = false }: Written): Kept => {
  if (code !== undefined) return keptOfProblem(code);
  return status < 300 && status !== 202 && !isMoving ? 'ANSWER' : 'REQUEST';
};

const replayed = ({ status, headers, body }: Written): Written => ({
  status,
  headers: { ...headers, 'Idempotency-Replayed': 'true' },
  body,
});

const lastLine = (line: object): Written => ({
  status: 200,
  headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8' },
  body: `${JSON.stringify(line)}\n`,
});

interface Asked {
  readonly key: string;
  readonly language: Language;
}

interface IdempotencyPorts extends Pick<Ports, 'clock' | 'log'> {
  readonly keys: IdempotencyKeys;
}

/**
 * With an Idempotency-Key the first final answer to it is the answer to every repetition; of a stream, its last line.
 * Of an answer that is not final only the request is kept: a repetition is then the same request again, with the same ids where it names
 * none itself, and another request under the same key is refused.
 */
export const idempotent = ({ keys, clock, log }: IdempotencyPorts): ((serve: Serve) => Serve) => {
  const keep: Readonly<Record<Kept, (asked: Asked, answer: Written) => ReturnType<IdempotencyKeys['reopen']>>> = {
    ANSWER: ({ key, language }, answer) => keys.answer(key, stored(answer, language)),
    REQUEST: ({ key }) => keys.reopen(key),
    NOTHING: ({ key }) => keys.forget(key),
  };
  const settle = async (asked: Asked, answer: Written | null): Promise<void> => {
    const { key } = asked;
    const settled = await (answer === null ? keys.reopen(key) : keep[keptOf(answer)](asked, answer))();
    // The answer itself is good; a repetition will hear "still running" until the key runs out.
    if (E.isLeft(settled)) log.warn({ key }, 'The answer to an Idempotency-Key could not be kept');
  };

  const orReopened = async <A>(asked: Asked, run: () => Promise<A>): Promise<A> => {
    try {
      return await run();
    } catch (bug) {
      await settle(asked, null);
      throw bug;
    }
  };
  const first = async (asked: Asked, run: () => Promise<Answer>): Promise<Answer> => {
    const answer = await orReopened(asked, run);
    if (!('run' in answer)) {
      // What cannot be kept is answered anew the next time.
      await settle(asked, 'taken' in answer || 'bytes' in answer ? null : answer);
      return answer;
    }
    return {
      run: async (progress) => {
        const end = await orReopened(asked, () => answer.run(progress));
        await settle(asked, 'lastLine' in end ? lastLine(end.lastLine) : end);
        return end;
      },
    };
  };

  return (serve) => async (exchange, params) => {
    const given = exchange.header('idempotency-key');
    if (given === undefined) return serve(exchange, params);
    const refuse = (refusal: Refusal): Written => problem(refusal, exchange.language);
    if (!KEY.test(given)) return refuse(invalidRequest({ path: 'Idempotency-Key', message: fault('IDEMPOTENCY_KEY') }));
    const body = exchange.hasBody ? await exchange.body : E.right(Buffer.alloc(0));
    if (E.isLeft(body)) return refuse(body.left);
    const key = `${scopeOf(exchange.caller)}${given}`;
    const print = fingerprint(exchange, body.right);
    exchange.repeatableId = derivedId(`idempotency-key/${print}/${key}`);
    const begun = await keys.begin(key, print, clock.now())();
    if (E.isLeft(begun)) return refuse(tryAgain('UNAVAILABLE'));
    switch (begun.right.begun) {
      case 'First':
        return first({ key, language: exchange.language }, () => serve(exchange, params));
      case 'Running':
        return refuse(tryAgain('IDEMPOTENCY_KEY_IN_PROGRESS'));
      case 'OtherRequest':
        return refuse({ code: 'IDEMPOTENCY_KEY_REUSED' });
      case 'Answered':
        return replayed(begun.right.response);
    }
  };
};
