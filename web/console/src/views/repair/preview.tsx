import { useEffect, useState } from 'preact/hooks';
import { call, type Result } from '../../api/call.js';
import { Trouble } from '../../parts/trouble.js';

/** A dead letter in full, and how it failed. */
export const Preview = ({ id }: { readonly id: string }) => {
  const [letter, setLetter] = useState<Result<object> | null>(null);
  useEffect(() => {
    void call<object>(`/admin/dead-letters/${encodeURIComponent(id)}`).then(setLetter);
  }, [id]);
  if (letter === null) return <pre aria-busy="true" />;
  return letter.ok ? (
    <pre tabIndex={0}>{JSON.stringify(letter.value, null, 2)}</pre>
  ) : (
    <Trouble problem={letter.problem} />
  );
};
