import { type Problem } from '../api/call.js';
import { t } from '../text/index.js';

/** Why something was not done, in words. */
export const Trouble = ({ problem }: { readonly problem: Problem }) => {
  const { status, title, detail, code, errors } = problem;
  return (
    <div class="trouble" role="alert">
      <strong>{status === 0 ? t('trouble.unreachable') : title}</strong>
      {detail !== '' && <p>{detail}</p>}
      {errors.map(({ path, message }) => (
        <p key={path}>
          <code>{path}</code> {message}
        </p>
      ))}
      {status !== 0 && <code class="soft">{code}</code>}
    </div>
  );
};
