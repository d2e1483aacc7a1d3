import { contract, type Operation } from './document.js';

export interface FoundOperation {
  /** As in the document: `/api/coupons/{couponId}`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** By method, in small letters. */
  readonly operations: Readonly<Record<string, Operation>>;
}

interface Template {
  readonly path: string;
  readonly pattern: RegExp;
  readonly operations: Readonly<Record<string, Operation>>;
}

let known: ReadonlyArray<Template> | undefined;

/** Literal segments before parameters, as the server looks at its paths. */
const templates = (): ReadonlyArray<Template> =>
  (known ??= Object.entries(contract().parsed.paths)
    .map(([path, operations]) => ({
      path,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
      operations,
    }))
    .sort((one, other) => (one.path.replaceAll('{', '~') < other.path.replaceAll('{', '~') ? -1 : 1)));

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** What the document says of an address, above all to this method; undefined where it says nothing. */
export const findOperation = (pathname: string, method: string): FoundOperation | undefined => {
  const matching = templates().filter(({ pattern }) => pattern.test(pathname));
  const template = matching.find(({ operations }) => method in operations) ?? matching[0];
  const found = template?.pattern.exec(pathname);
  if (template === undefined || found === null || found === undefined) return undefined;
  const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decoded(value)]);
  return { path: template.path, params: Object.fromEntries(params), operations: template.operations };
};
