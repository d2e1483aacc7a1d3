import { useState } from 'preact/hooks';
import { credential, signInWith } from '../api/credential.js';
import { watch } from '../live/watch.js';
import { t } from '../text/index.js';
import { Logo } from '../parts/icons.js';
import { Preferences } from './preferences.js';

export const SignIn = ({ why }: { readonly why: 'signed-out' | 'refused' | 'forbidden' }) => {
  const [secret, setSecret] = useState(credential());
  const submit = (event: Event): void => {
    event.preventDefault();
    if (secret.trim() === '') return;
    signInWith(secret.trim());
    void watch();
  };
  return (
    <main class="sign-in">
      <form class="card" onSubmit={submit}>
        <Logo />
        <h1>{t('signIn.title')}</h1>
        <p class="soft">{t('signIn.hint')}</p>
        <label class="field">
          <span>{t('signIn.key')}</span>
          <input
            type="password"
            name="credential"
            autocomplete="off"
            autofocus
            required
            value={secret}
            onInput={({ currentTarget }) => setSecret(currentTarget.value)}
          />
        </label>
        {why !== 'signed-out' && (
          <p class="error" role="alert">
            {t(`signIn.${why}`)}
          </p>
        )}
        <button class="primary wide" type="submit">
          {t('signIn.button')}
        </button>
        <Preferences />
      </form>
    </main>
  );
};
