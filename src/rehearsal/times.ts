import { build, type Histogram } from 'hdr-histogram-js';

/** Of microseconds. */
export const histogram = (): Histogram =>
  build({ bitBucketSize: 32, highestTrackableValue: 600_000_000, autoResize: true });

export const microseconds = (ms: number): number => Math.max(1, Math.round(ms * 1_000));

/** How long each answer took, by its name. */
export const timesByName = () => {
  const all = new Map<string, Histogram>();
  return {
    all,
    add: (name: string, ms: number): void => {
      const of = all.get(name) ?? histogram();
      of.recordValue(microseconds(ms));
      all.set(name, of);
    },
  };
};
