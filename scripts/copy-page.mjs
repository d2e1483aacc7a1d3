import { cpSync } from 'node:fs';

/** What the compiler leaves behind: the files of the demo page, beside the code that serves them. */
const [to = 'dist'] = process.argv.slice(2);
cpSync('src/adapters/http/demo/page', `${to}/adapters/http/demo/page`, { recursive: true });
