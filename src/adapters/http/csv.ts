type Cell = string | number | null;

/** What a spreadsheet would take for a formula is written as text. */
const isFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

const cell = (value: Cell | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line of a table as RFC 4180 has it. */
export const csvLine = (cells: ReadonlyArray<Cell | undefined>): string => `${cells.map(cell).join(',')}\r\n`;
