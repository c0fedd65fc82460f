import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsOptional, Max, Min } from 'class-validator';

/** Query of a list that can grow: newest first, `before` is the `next` of the page before. */
export class PageQuery {
  /** How many, 1 … 200. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** Time of the last row of the page before. */
  @IsOptional()
  @IsISO8601()
  before?: string;
}

export interface Page<T> {
  items: T[];
  /** Give it as `before` for the next page; null at the end. */
  next: string | null;
}

/** Cuts `rows` (fetched with limit + 1) to a page whose cursor is the time of its last row. */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  time: (row: Row) => Date,
  view: (row: Row) => T,
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(view), next: rows.length > limit && last ? time(last).toISOString() : null };
}
