import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../i18n/index.js';

export interface Column<T> {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Numbers stand right. */
  end?: boolean;
  testId?: string;
}

/** Spelled out because browsers drop a table's meaning when it is not displayed as one. */
const as = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;

/** A table that becomes a stack of cards on narrow screens (styles.css, `.rows`). */
export function DataTable<T>({
  label,
  columns,
  rows,
  rowKey,
  rowTestId,
  more,
}: {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowTestId?: string;
  more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  const { t } = useLanguage();
  return (
    <>
      <table className="rows" {...as.table} aria-label={label}>
        <thead {...as.rowgroup}>
          <tr {...as.row}>
            {columns.map(({ key, header, end }) => (
              <th key={key} {...as.columnheader} scope="col" className={end ? 'end' : undefined}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as.rowgroup}>
          {rows.map((row) => (
            <tr key={rowKey(row)} {...as.row} data-testid={rowTestId}>
              {columns.map(({ key, header, cell, end, testId }) => (
                <td
                  key={key}
                  {...as.cell}
                  data-label={header}
                  data-testid={testId}
                  className={end ? 'end' : undefined}
                >
                  <div className="cell">{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more?.hasNextPage && (
        <Button
          variant="light"
          mt="md"
          loading={more.isFetchingNextPage}
          onClick={() => more.fetchNextPage()}
        >
          {t.common.more}
        </Button>
      )}
    </>
  );
}
