import { useEffect } from 'preact/hooks';
import { said } from './action.js';

const SHOWN_MS = 6_000;

/** Says what was done. */
export const Said = () => {
  useEffect(() => {
    if (said.value === null) return;
    const timer = setTimeout(() => {
      said.value = null;
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said.value]);
  return (
    <div class="said" role="status">
      {said.value}
    </div>
  );
};
