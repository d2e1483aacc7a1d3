import { readFile } from 'node:fs/promises';
import { type Answer, problem, type Written } from './answer.js';
import { type Exchange } from './exchange.js';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Answers with the text files that `locate` knows, read when they are first asked for; 404 for all others. `headers` go with
 * each: a page's own content security policy among them. A file that is not `kept` in memory is read again each time.
 */
export const staticFiles = (
  locate: (file: string) => URL | null,
  headers: Readonly<Record<string, string>>,
  kept = true,
) => {
  const files = new Map<string, Written>();
  const read = async (file: string): Promise<Written | null> => {
    const type = TYPES[file.split('.').at(-1) ?? ''];
    const place = locate(file);
    if (type === undefined || place === null) return null;
    try {
      const body = await readFile(place, 'utf8');
      return { status: 200, headers: { 'X-Content-Type-Options': 'nosniff', ...headers, 'Content-Type': type }, body };
    } catch {
      return null;
    }
  };
  return async (file: string, { language }: Exchange): Promise<Answer> => {
    const found = files.get(file) ?? (await read(file));
    // What is not there is not remembered: made-up names take no memory.
    if (found === null) return problem({ code: 'NOT_FOUND' }, language);
    if (kept) files.set(file, found);
    return found;
  };
};
