import { useEffect, useState } from 'preact/hooks';
import { type Answer, answerOf } from '../../../../../packages/client/src/index.js';
import { api, type Problem } from '../../api/client.js';
import { Trouble } from '../../parts/trouble.js';

/** A dead letter in full, and how it failed. */
export const Preview = ({ id }: { readonly id: string }) => {
  const [letter, setLetter] = useState<Answer<object, Problem> | null>(null);
  useEffect(() => {
    void answerOf(api.GET('/admin/dead-letters/{id}', { params: { path: { id } } })).then(setLetter);
  }, [id]);
  if (letter === null) return <pre aria-busy="true" />;
  return letter.ok ? (
    <pre tabIndex={0}>{JSON.stringify(letter.value, null, 2)}</pre>
  ) : (
    <Trouble problem={letter.problem} />
  );
};
