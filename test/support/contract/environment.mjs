import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { TestEnvironment } from 'jest-environment-node';
import { AsyncLocalStorage } from 'node:async_hooks';

/** Of an answer, what is not documented is a fault: objects are closed unless they say otherwise. */
const closed = (value, inAllOf = false) => {
  if (Array.isArray(value)) return value.map((inner) => closed(inner));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, of]) => [
      key,
      key === 'allOf' && Array.isArray(of) ? of.map((part) => closed(part, true)) : closed(of),
    ]),
  );
  return 'properties' in value && value.type === 'object' && !('additionalProperties' in value) && !inAllOf
    ? { ...inner, additionalProperties: false }
    : inner;
};

const checker = (document) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'contract');
  return (pointer, value) => {
    const place = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = ajv.getSchema(`contract#/${place}`);
    if (validate === undefined) throw new Error(`The document has nothing at ${pointer.join(' ')}`);
    if (validate(value) === true) return null;
    return (validate.errors ?? [])
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
      .join(', ');
  };
};

let known = { run: undefined, document: undefined, checks: undefined };
const ofThisRun = () =>
  known.run === process.env.TEST_RUN_DIR ? known : (known = { run: process.env.TEST_RUN_DIR, document: undefined });

/**
 * Every suite has modules of its own. The contract is the same for all of them: what it takes longest to make, the document
 * and its compiled schemas, is made once a worker and kept out here.
 */
const sharedContract = {
  document: (make) => (ofThisRun().document ??= make()),
  check: (kind, pointer, value) => {
    const { document } = ofThisRun();
    known.checks ??= {
      sent: checker(JSON.parse(document)),
      answered: checker(closed(JSON.parse(document))),
    };
    return known.checks[kind](pointer, value);
  },
};

/**
 * A storage that was used once is carried along with every promise from then on, those of later suites too: after a hundred
 * suites a fifth of all time went there.
 */
const used = new Set();
for (const method of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[method];
  AsyncLocalStorage.prototype[method] = function (...given) {
    used.add(this);
    return original.apply(this, given);
  };
}

export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.sharedContract = sharedContract;
  }

  async teardown() {
    await super.teardown();
    for (const storage of used) storage.disable();
    used.clear();
  }
}
