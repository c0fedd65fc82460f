import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDue, lotOf } from '#libs/protocol';
import type { KeptNow } from '../plots/custody-changes.js';
import { CustodyBook } from './custody-book.js';
import { RowPlaces } from './row-places.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const rowId = (n: number) => {
  const hex = sha256(`row ${n}`).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
};
const kept = (n: number, node: string | null): KeptNow => ({
  plotRef: rowId(n),
  plotId: sha256(`plot ${n}`).toString('hex'),
  nodeId: node,
  accountId: node && `account of ${node}`,
});

test('who is due is who is due by the definition, while plots come, go and change hands', async () => {
  const node = fc.constantFrom('a', 'b', 'c', null);
  const changes = fc.array(fc.tuple(fc.nat(40), node), { maxLength: 30 });
  const limit = fc.oneof(fc.constantFrom(0, 2 ** 32), fc.integer({ min: 0, max: 2 ** 32 }));
  const limits = fc.record({ a: limit, b: limit }).map((of) => new Map(Object.entries(of)));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(changes, limits), { maxLength: 6 }), async (rounds) => {
      const book = new CustodyBook();
      const keeperOf = new Map<number, string>();
      for (const [index, [news, thresholds]] of rounds.entries()) {
        book.take(news.map(([n, keeper]) => kept(n, keeper)));
        for (const [n, keeper] of news) {
          if (keeper) keeperOf.set(n, keeper);
          else keeperOf.delete(n);
        }
        const beacon = sha256(`round ${index}`);
        const must = [...keeperOf].filter(([n, keeper]) =>
          isDue(lotOf(sha256(`plot ${n}`), beacon), thresholds.get(keeper) ?? 0),
        );
        const due = await book.due(beacon, thresholds);
        const rows = due.map(({ plotRef, nodeId, accountId, threshold }) => [
          ...[plotRef, nodeId, accountId, threshold],
        ]);
        expect(rows.sort()).toEqual(
          must
            .map(([n, keeper]) => [rowId(n), keeper, `account of ${keeper}`, thresholds.get(keeper)])
            .sort(),
        );
        expect(book.kept).toBe(keeperOf.size);
        const plots = book.plotsOfNodes().reduce((sum, one) => sum + one.plots, 0);
        expect(plots).toBe(keeperOf.size);
      }
    }),
    { numRuns: 60 },
  );
});

test('rows keep their places, however many there are, and tell their ids', () => {
  const places = new RowPlaces();
  const ids = Array.from({ length: 5000 }, (_, n) => rowId(n));
  expect(ids.map((id) => places.placeOf(id))).toEqual(ids.map((_, place) => place));
  expect(ids.map((id) => places.placeOf(id))).toEqual(ids.map((_, place) => place));
  expect(ids.map((_, place) => places.idAt(place))).toEqual(ids);
  expect(places.size).toBe(5000);
});
