import { readFile } from 'node:fs/promises';
import { type Answer, type FileAnswer, problem } from './answer.js';
import { type Exchange } from './exchange.js';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Answers with the text files that `locate` knows, read once, when they are first asked for; 404 for all others. `headers` go
 * with each: a page's own content security policy among them. A file that is not `kept` in memory is read again each time.
 */
export const staticFiles = (
  locate: (file: string) => URL | null,
  headers: Readonly<Record<string, string>>,
  kept = true,
) => {
  const files = new Map<string, Promise<FileAnswer | null>>();
  const read = async (file: string): Promise<FileAnswer | null> => {
    const type = TYPES[file.split('.').at(-1) ?? ''];
    const place = locate(file);
    if (type === undefined || place === null) return null;
    try {
      const bytes = await readFile(place);
      return { status: 200, headers: { 'X-Content-Type-Options': 'nosniff', ...headers, 'Content-Type': type }, bytes };
    } catch {
      return null;
    }
  };
  return async (file: string, { language }: Exchange): Promise<Answer> => {
    const reading = files.get(file) ?? read(file);
    if (kept) files.set(file, reading);
    const found = await reading;
    if (found !== null) return found;
    // What is not there is not remembered: made-up names take no memory.
    files.delete(file);
    return problem({ code: 'NOT_FOUND' }, language);
  };
};
