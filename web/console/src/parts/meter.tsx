/** How much of something is gone; for the eye alone, the numbers stand beside it. */
export const Meter = ({ value, most }: { readonly value: number; readonly most: number }) => {
  const share = most <= 0 ? 0 : Math.min(1, Math.max(0, value / most));
  return (
    <div class="meter" aria-hidden="true">
      <i style={{ transform: `scaleX(${share})` }} />
    </div>
  );
};
