/** One figure as one JSON line on standard output. */
export type Print = (figure: Readonly<Record<string, string | number>>) => void;

export const printLine: Print = (figure) => process.stdout.write(`${JSON.stringify(figure)}\n`);

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const round = (number: number, digits = 2): number => Number(number.toFixed(digits));
