import { cpus, release, totalmem } from 'node:os';
import { median, type Row } from './section.js';

/** What a benchmark ran on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    system: `${process.platform} ${release()} ${process.arch}`,
    node: process.versions.node,
  };
}

export function machineText({ cpu, cores, memoryGiB, system, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB · ${system} · Node ${node}`;
}

const COLUMNS = [44, 12, 10, 24] as const;

/** The head of the table. */
export function headText(): string {
  return line('', 'median', '', 'smallest – largest', 'against');
}

/** A row of the table. */
export function rowText(row: Row): string {
  const value = median(row.samples);
  const range =
    row.samples.length > 1 ? `${number(Math.min(...row.samples))} – ${number(Math.max(...row.samples))}` : '';
  return line(row.name, number(value), row.unit, range, remark(row, value));
}

/** Whether a row is what it must be. */
export function isRight({ samples, wanted }: Row): boolean {
  return wanted === undefined || samples.every((sample) => sample === wanted);
}

function remark(row: Row, value: number): string {
  if (row.wanted !== undefined) return isRight(row) ? 'as it must be' : `WRONG: must be ${row.wanted}`;
  return row.against ? `${(value / row.against.value).toPrecision(3)} × ${row.against.name}` : '';
}

function line(name: string, value: string, unit: string, range: string, against: string): string {
  const cells = [name.padEnd(COLUMNS[0]), value.padStart(COLUMNS[1]), unit.padEnd(COLUMNS[2])];
  return `  ${[...cells, range.padEnd(COLUMNS[3]), against].join('  ')}`.trimEnd();
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 2 : 4;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
