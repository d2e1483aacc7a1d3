import { useEffect, useRef, useState } from 'preact/hooks';
import { newId } from '../../../../packages/client/src/new-id.js';
import { type Problem } from '../api/client.js';
import { t } from '../text/index.js';
import { Trouble } from '../parts/trouble.js';
import { type Action, type Field, opened, said } from './action.js';
import { asShown } from './changed.js';
import { Effects } from './effects.js';
import { FieldInput } from './field-input.js';

/** Refused for what it said: corrected, it is another request. What became of a key that is in use already is not known. */
const wasNotDone = ({ status, code }: Problem): boolean =>
  status >= 400 && status < 500 && !code.startsWith('IDEMPOTENCY_') && code !== 'ANSWER_NOT_KEPT';

const Asked = ({ action }: { readonly action: Action }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState(asShown(action.fields));
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  // The same key again after a lost answer, so that it is done once.
  const [key, setKey] = useState(newId);
  useEffect(() => dialog.current?.showModal(), []);
  // The browser itself gives the focus back to where it was.
  const close = (): void => dialog.current?.close();
  const closed = (): void => {
    opened.value = null;
  };
  const effects = action.effects(values);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const late = (await action.tooLate?.()) ?? null;
    if (late !== null) {
      setBusy(false);
      return setProblem({ type: '', status: 409, code: 'INVALID_ORDER_STATE', title: late, detail: '' });
    }
    const done = await action.request(values, reason.trim(), { headers: { 'idempotency-key': key } });
    setBusy(false);
    if (!done.ok) {
      if (wasNotDone(done.problem)) setKey(newId());
      return setProblem(done.problem);
    }
    said.value = `${t(action.title)}: ${action.subject ?? values['name'] ?? ''} ✓`;
    close();
    if (action.then !== undefined) location.hash = action.then(values);
  };
  const more = action.fields.filter(({ isMore }) => isMore === true);
  const inputsOf = (fields: ReadonlyArray<Field>) =>
    fields.map((field) => (
      <FieldInput
        key={field.name}
        field={field}
        value={values[field.name] ?? ''}
        onChange={(value) => setValues({ ...values, [field.name]: value })}
      />
    ));
  return (
    <dialog ref={dialog} onClose={closed} aria-labelledby="action-title">
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="action-title">{t(action.title)}</h2>
        {action.subject !== undefined && <p class="soft">{action.subject}</p>}
        <div class="fields">{inputsOf(action.fields.filter(({ isMore }) => isMore !== true))}</div>
        {more.length > 0 && (
          // The browser can only point at what is wrong where it is shown.
          <details class="more" onInvalidCapture={({ currentTarget }) => currentTarget.setAttribute('open', '')}>
            <summary>{t('do.more')}</summary>
            <div class="fields">{inputsOf(more)}</div>
          </details>
        )}
        <Effects effects={effects} />
        <label class="field">
          <span>{t('do.reason')}</span>
          <input
            name="reason"
            required
            maxLength={500}
            autocomplete="off"
            value={reason}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <small class="soft">{t(action.reasonHint ?? 'do.reason.hint')}</small>
        </label>
        {problem !== null && <Trouble problem={problem} />}
        <div class="buttons">
          <button type="button" onClick={close}>
            {t('do.leave')}
          </button>
          <button class={action.isGrave ? 'danger' : 'primary'} type="submit" disabled={isBusy}>
            {t(action.verb)}
          </button>
        </div>
      </form>
    </dialog>
  );
};

/** Asks before anything is done: what it would change, in numbers, and why it is to be. */
export const ActionDialog = () => (opened.value === null ? null : <Asked action={opened.value} />);
