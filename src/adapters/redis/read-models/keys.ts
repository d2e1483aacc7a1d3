import { type Build } from '../../../application/ports/read-models.js';

/** All of a view has one hash tag: on a cluster it lives together, so that one script can write it. */
export interface BuildKeys {
  /** How the build is called among the view's: `version:build`. */
  readonly name: string;
  /** Hash: id → JSON; beside them, under names no id has, which incarnation of the build it is, and its checkpoint. */
  readonly documents: string;
  /** Hash: id → JSON of the document's index entries. */
  readonly entries: string;
  /** Sorted set of ids, all of one score: in order of id. */
  readonly ids: string;
  /** Set of the keys of the build's indexes, for dropping them. */
  readonly indexes: string;
  /** Prefix of the keys of the build's indexes: sorted sets of `sort:id`, all of one score. */
  readonly index: string;
}

export const buildKeys = ({ view, version, build }: Build): BuildKeys => {
  const base = `rm:{${view}}:${version}:${build}`;
  return {
    name: `${version}:${build}`,
    documents: `${base}:documents`,
    entries: `${base}:entries`,
    ids: `${base}:ids`,
    indexes: `${base}:indexes`,
    index: `${base}:index:`,
  };
};

/** The length of the index's name keeps `a` + `bc` apart from `ab` + `c`. */
export const indexSuffix = (index: string, key: string): string => `${index.length}:${index}:${key}`;

/** Hash: name of a build → its incarnation, or `dropping`; and `live` → the name of the one being served. */
export const buildsKey = (view: string): string => `rm:{${view}}:builds`;

/** Where it is told which documents changed: a JSON list of ids, or `*` for any. */
export const changesChannel = (view: string): string => `rm:{${view}}:changes`;

export const INCARNATION = '\u0000incarnation';
export const CHECKPOINT = '\u0000checkpoint';
