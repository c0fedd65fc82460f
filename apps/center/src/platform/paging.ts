import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Time and id of a row: many rows may share a time. */
const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/;

/** Query of a list that can grow: newest first, `before` is the `next` of the page before. */
export class PageQuery {
  /** How many, 1 … 200. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** The `next` of the page before. */
  @IsOptional()
  @Matches(CURSOR)
  before?: string;
}

export interface Page<T> {
  items: T[];
  /** Give it as `before` for the next page; null at the end. */
  next: string | null;
}

/**
 * One page of a query, newest first by `time` (a property of its entity) and then by id; every row is on exactly one
 * page, however many share a time.
 */
export async function pageOf<Row extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<Row>,
  time: keyof Row & string,
  { limit, before }: PageQuery,
): Promise<Page<Row>> {
  const { alias } = query;
  const cursor = before ? CURSOR.exec(before) : null;
  if (cursor) {
    query.andWhere(`(${alias}.${time}, ${alias}.id) < (:cursorTime::timestamptz, :cursorId::uuid)`, {
      cursorTime: cursor[1],
      cursorId: cursor[2],
    });
  }
  const rows = await query
    .orderBy(`${alias}.${time}`, 'DESC')
    .addOrderBy(`${alias}.id`, 'DESC')
    .take(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? `${(last[time] as Date).toISOString()}_${last.id}` : null;
  return { items, next };
}
