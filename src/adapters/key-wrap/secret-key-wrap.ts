import { either as E, taskEither as TE } from 'fp-ts';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type KeyWrap } from '../../application/ports/key-wrap.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The first byte of a wrapped key. */
const [AS_IT_IS, BY_SECRET] = [0, 1] as const;

const split = (wrapped: Uint8Array): { readonly form: number | undefined; readonly rest: Buffer } => ({
  form: wrapped[0],
  rest: Buffer.from(wrapped.subarray(1)),
});

const isIn =
  (form: number): KeyWrap['isOwn'] =>
  (wrapped) =>
    wrapped[0] === form;

/** Keys are stored as they are: there is no secret to wrap them with. */
export const noKeyWrap: KeyWrap = {
  isOwn: isIn(AS_IT_IS),
  create: () => {
    const key = randomBytes(KEY_BYTES);
    return TE.right({ key, wrapped: Buffer.concat([Buffer.of(AS_IT_IS), key]) });
  },
  unwrap: (wrapped) => {
    const { form, rest } = split(wrapped);
    return form === AS_IT_IS && rest.length === KEY_BYTES ? TE.right(rest) : TE.left('WrongKey');
  },
};

/** AES-256-GCM with a key derived from a secret. A key that was stored before there was a secret is read as it is. */
export const secretKeyWrap = (secret: string): KeyWrap => {
  const wrapKey = Buffer.from(hkdfSync('sha256', secret, '', 'doorbuster personal data', KEY_BYTES));

  const wrapped = (key: Buffer): Buffer => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', wrapKey, nonce);
    return Buffer.concat([Buffer.of(BY_SECRET), nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  };
  const opened = (box: Buffer): E.Either<'WrongKey', Buffer> =>
    E.tryCatch(
      () => {
        const opener = createDecipheriv('aes-256-gcm', wrapKey, box.subarray(0, NONCE_BYTES));
        opener.setAuthTag(box.subarray(-TAG_BYTES));
        return Buffer.concat([opener.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), opener.final()]);
      },
      () => 'WrongKey',
    );

  return {
    isOwn: isIn(BY_SECRET),
    create: () => {
      const key = randomBytes(KEY_BYTES);
      return TE.right({ key, wrapped: wrapped(key) });
    },
    unwrap: (stored) => {
      const { form, rest } = split(stored);
      if (form === AS_IT_IS) return noKeyWrap.unwrap(stored);
      if (form !== BY_SECRET || rest.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) return TE.left('WrongKey');
      return TE.fromEither(opened(rest));
    },
  };
};
