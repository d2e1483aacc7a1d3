import { dateTime } from '../../text/format.js';
import { words } from '../../text/index.js';
import { type Happened } from './orders-in.js';

const isSaid = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

const told = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

export const Entry = ({ entry: { at, what, facts, notice } }: { readonly entry: Happened }) => (
  <li>
    <time dateTime={at}>{dateTime(at)}</time>
    <div>
      <strong>{words('what', what)}</strong>
      {notice !== undefined && <span class="badge">{words('notice', notice)}</span>}
      <dl>
        {Object.entries(facts)
          .filter(([, value]) => isSaid(value))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{told(value)}</dd>
            </div>
          ))}
      </dl>
    </div>
  </li>
);
