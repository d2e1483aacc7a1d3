import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { jsonOf } from '../json-of.js';
import { type Digest, leafOf, type MerkleTree, rootFrom } from './merkle-tree.js';

const imported = new Map<string, KeyObject | null>();
const MOST_IMPORTED = 1_000;

/** Null if it is not an Ed25519 key. */
const importKey = (publicKey: string): KeyObject | null => {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  } catch {
    return null;
  }
};

/** Whether the signature (base64url) of the text was made with the Ed25519 key whose public half is given in base64url. */
export const isSignedBy = ({ publicKey }: { readonly publicKey: string }, text: string, signature: string): boolean => {
  const known = imported.get(publicKey);
  const key = known === undefined ? importKey(publicKey) : known;
  if (imported.size === MOST_IMPORTED) imported.clear();
  imported.set(publicKey, key);
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
};

/** What a receipt says, unverified. */
export interface Receipt {
  readonly keyId: string;
  /** Of all that was signed at once. */
  readonly root: Digest;
  readonly size: number;
  /** What this one states, as it was signed. */
  readonly statement: string;
  readonly index: number;
  readonly path: ReadonlyArray<Digest>;
  /** What the signature is over. */
  readonly signed: string;
  readonly signature: string;
}

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

/** The part of a JWS (RFC 7515) that is signed: one for all statements of a tree. */
export const signingInput = (keyId: string, { root }: Pick<MerkleTree, 'root'>, size: number): string =>
  [
    encoded(JSON.stringify({ alg: 'EdDSA', kid: keyId, typ: 'doorbuster-receipt' })),
    encoded(JSON.stringify({ root, size })),
  ].join('.');

/** `JWS ~ statement ~ index ~ path`: the statement in base64url, the digests of the path in hex, one after the other. */
export const receiptText = (jws: string, statement: string, index: number, path: string): string =>
  `${jws}~${encoded(statement)}~${index}~${path}`;

const Header = z.object({ alg: z.literal('EdDSA'), kid: z.string(), typ: z.literal('doorbuster-receipt') });
const Payload = z.object({ root: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(1) });
const LONGEST = 4_096;

const decoded = (part: string): string => Buffer.from(part, 'base64url').toString();

/** Null where the text is no receipt. */
export const parseReceipt = (text: string): Receipt | null => {
  const [, header = '', payload = '', signature = '', statement = '', index = '', path = ''] =
    /^([\w-]+)\.([\w-]+)\.([\w-]+)~([\w-]+)~(\d{1,9})~([0-9a-f]*)$/.exec(text.length > LONGEST ? '' : text) ?? [];
  const [head, body] = [Header.safeParse(jsonOf(decoded(header))), Payload.safeParse(jsonOf(decoded(payload)))];
  if (!head.success || !body.success) return null;
  return {
    keyId: head.data.kid,
    ...body.data,
    statement: decoded(statement),
    index: Number(index),
    path: path.match(/.{1,64}/g) ?? [],
    signed: `${header}.${payload}`,
    signature,
  };
};

/** Whether the statement is among those that the key has signed. */
export const isGenuine = (receipt: Receipt, key: { readonly publicKey: string }): boolean =>
  rootFrom(leafOf(receipt.statement), receipt.index, receipt.size, receipt.path) === receipt.root &&
  isSignedBy(key, receipt.signed, receipt.signature);
