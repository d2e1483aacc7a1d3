import { zoneAt } from '../text/format.js';
import { t } from '../text/index.js';
import { type Field } from './action.js';

interface FieldInputProps {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const inputs = {
  text: { type: 'text', maxLength: 200 },
  id: { type: 'text', pattern: '[A-Za-z0-9_\\-]{1,64}', spellcheck: false },
  whole: { type: 'number', step: 1, inputMode: 'numeric' },
  moment: { type: 'datetime-local' },
} as const;

const zoneOf = (value: string): string => {
  const at = new Date(value);
  return zoneAt(Number.isNaN(at.getTime()) ? new Date() : at);
};

export const FieldInput = ({ field, value, onChange }: FieldInputProps) => {
  const { name, label, kind, required = false, min = 0, hint, choices = [] } = field;
  return (
    <label class="field">
      <span>{t(label)}</span>
      {kind === 'choice' ? (
        <select name={name} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input
          name={name}
          {...inputs[kind]}
          {...(kind === 'whole' && { min })}
          required={required}
          autocomplete="off"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      {kind === 'moment' && <small class="soft">{t('field.zone', { zone: zoneOf(value) })}</small>}
      {hint !== undefined && <small class="soft">{t(hint)}</small>}
    </label>
  );
};
