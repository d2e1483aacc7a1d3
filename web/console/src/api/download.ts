import { type Problem, problemIn, send, UNREACHABLE } from './call.js';

/** Hands a file to the browser, by the name it is to have. */
export const saveAs = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

export const saveJson = (name: string, value: unknown): void =>
  saveAs(name, new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));

/** Fetches a file with the credential, which a link could not send; why not, where it failed. */
export const download = async (path: string, name: string): Promise<Problem | null> => {
  try {
    const answer = await send({ accept: '*/*' }, path);
    if (!answer.ok) return await problemIn(answer);
    saveAs(name, await answer.blob());
    return null;
  } catch {
    return UNREACHABLE;
  }
};
