/** How many examples a property is tried on: `few` on a developer's machine, EXAMPLES_FACTOR times as many in CI. */
export const examples = (few: number): number => few * Number(process.env['EXAMPLES_FACTOR'] ?? 1);
