import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { points } from '../live/state.js';
import { clockTime, shown } from '../text/format.js';
import { language, t } from '../text/index.js';
import { theme } from '../theme.js';

const HEIGHT = 220;
const SECONDS = 120;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const after = (iso: string): string => new Date(Date.parse(iso) + 1).toISOString();

/** Nobody looked for longer than this: nothing is known of what was in between. */
const GAP_MS = 5_000;

const dataOf = (): uPlot.AlignedData => {
  const line = points.value.flatMap((point, nth) => {
    const before = points.value[nth - 1];
    const isGap = before !== undefined && Date.parse(point[0]) - Date.parse(before[0]) > GAP_MS;
    return isGap ? [[after(before[0]), null, null, null] as const, point] : [point];
  });
  return [
    line.map(([at]) => Date.parse(at) / 1_000),
    ...[1, 2, 3].map((nth) => line.map((point) => (typeof point[nth] === 'number' ? point[nth] : null))),
  ];
};

const timeOfDay = (seconds: number): string => clockTime(new Date(seconds * 1_000).toISOString());

const optionsFor = (width: number): uPlot.Options => {
  const axis = {
    stroke: colour('--soft'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const series = (label: string, stroke: string, fill?: string) => ({
    label,
    stroke,
    width: 2,
    points: { show: false },
    ...(fill !== undefined && { fill }),
  });
  return {
    width,
    height: HEIGHT,
    cursor: { show: false },
    legend: { show: false },
    padding: [8, 8, 0, 0],
    scales: {
      x: { range: (_, __, last) => [last - SECONDS, last] },
      y: { range: (_, __, most) => [0, Math.max(10, (most ?? 0) * 1.15)] },
    },
    axes: [
      { ...axis, size: 28, grid: { show: false }, space: 110, values: (_, splits) => splits.map(timeOfDay) },
      { ...axis, size: 52, values: (_, splits) => splits.map(shown) },
    ],
    series: [
      {},
      series(t('tonight.accepted'), colour('--accent'), colour('--accent-wash')),
      series(t('tonight.decided'), colour('--good')),
      series(t('tonight.visible'), colour('--warn')),
    ],
  };
};

/** Requests a second over the last two minutes. */
export const FlowChart = () => {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const look = `${theme.value} ${language.value}`;
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const drawn = new uPlot(optionsFor(current.clientWidth), dataOf(), current);
    chart.current = drawn;
    const resized = new ResizeObserver(() => drawn.setSize({ width: current.clientWidth, height: HEIGHT }));
    resized.observe(current);
    return () => {
      resized.disconnect();
      drawn.destroy();
      chart.current = null;
    };
  }, [look]);
  useEffect(() => chart.current?.setData(dataOf()), [points.value]);
  return <div class="chart" ref={place} aria-hidden="true" />;
};
