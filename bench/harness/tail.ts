import { type Readable } from 'node:stream';

const KEPT = 4_000;

/** Reads the streams for ever and answers the last that stood in them, in order of arrival. */
export const tailOf = (...streams: ReadonlyArray<Readable | null>): (() => string) => {
  let kept = '';
  for (const stream of streams)
    stream?.setEncoding('utf8').on('data', (text: string) => (kept = (kept + text).slice(-KEPT)));
  return () => kept.trim();
};
