import { type Problem } from '../api/client.js';
import { t } from '../text/index.js';

/** Why something was not done, in words. */
export const Trouble = ({ problem }: { readonly problem: Problem }) => {
  const { status, detail, code } = problem;
  const { title, errors = [] } = 'title' in problem ? problem : { title: t('trouble.unreachable') };
  return (
    <div class="trouble" role="alert">
      <strong>{title}</strong>
      {status !== 0 && detail !== '' && <p>{detail}</p>}
      {errors.map(({ path, message }) => (
        <p key={path}>
          <code>{path}</code> {message}
        </p>
      ))}
      {status !== 0 && <code class="soft">{code}</code>}
    </div>
  );
};
