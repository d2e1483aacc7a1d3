import { answerOf, type Fetched } from '../../../../packages/client/src/index.js';
import { type Problem } from './client.js';

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

/** Saves what was fetched with the credential, which a link could not send; why not, where it failed. */
export const download = async (file: Promise<Fetched<Blob, Problem>>, name: string): Promise<Problem | null> => {
  const answer = await answerOf(file);
  if (!answer.ok) return answer.problem;
  saveAs(name, answer.value);
  return null;
};
