import { shown } from '../../text/format.js';

interface FigureProps {
  readonly label: string;
  /** Absent: not known yet. */
  readonly value: number | undefined;
  readonly unit: string;
  readonly tone?: 'accepted' | 'decided' | 'visible' | 'late';
}

/** A number to be read from two metres. */
export const Figure = ({ label, value, unit, tone }: FigureProps) => (
  <div class="figure" data-tone={tone}>
    <dt>{label}</dt>
    <dd>
      <b>{value === undefined ? '–' : shown(value)}</b>
      <span>{unit}</span>
    </dd>
  </div>
);
