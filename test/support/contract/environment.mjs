import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { TestEnvironment } from 'jest-environment-node';

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

export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.sharedContract = sharedContract;
  }
}
