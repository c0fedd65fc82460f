import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDue, Lots, lotOf } from './index.js';

const half = fc.uint8Array({ minLength: 32, maxLength: 32 });
const firstBytes = (plotId: Uint8Array, beacon: Uint8Array) =>
  createHash('sha256').update(plotId).update(beacon).digest().readUInt32BE(0);

test('the lots of many plots in a round are those of node:crypto, bit by bit', () => {
  const lots = new Lots('plots');
  fc.assert(
    fc.property(fc.array(half, { minLength: 1, maxLength: 40 }), half, (ids, beacon) => {
      for (const [place, id] of ids.entries()) lots.put(place, id);
      expect([...lots.draw(beacon, ids.length)]).toEqual(ids.map((id) => firstBytes(id, beacon)));
    }),
    { numRuns: 300 },
  );
});

test('the lots of a plot in many rounds are the same', () => {
  const lots = new Lots('rounds');
  fc.assert(
    fc.property(fc.array(half, { maxLength: 40 }), half, (beacons, id) => {
      for (const [place, beacon] of beacons.entries()) lots.put(place, beacon);
      expect([...lots.draw(id, beacons.length)]).toEqual(beacons.map((beacon) => firstBytes(id, beacon)));
    }),
    { numRuns: 300 },
  );
});

test('more than one call of the kernel can take, put in any order, and replaced', () => {
  const id = (n: number) => createHash('sha256').update(String(n)).digest();
  const lots = new Lots('plots');
  for (let place = 9_001; place >= 0; place--) lots.put(place, id(place));
  lots.put(4_100, id(-1));
  const beacon = id(-2);
  const drawn = lots.draw(beacon, 9_002);
  expect(drawn.length).toBe(9_002);
  for (const place of [0, 1, 4_095, 4_096, 8_191, 8_192, 9_001]) {
    expect(drawn[place]).toBe(firstBytes(id(place), beacon));
  }
  expect(drawn[4_100]).toBe(firstBytes(id(-1), beacon));
  expect(lots.draw(beacon, 0).length).toBe(0);
  // and what is due by a lot is due by its first four bytes
  const threshold = 2 ** 30;
  for (let place = 0; place < 4_000; place++) {
    expect(drawn[place]! < threshold).toBe(isDue(lotOf(id(place), beacon), threshold));
  }
});

test('what is no id and no beacon is refused', () => {
  const lots = new Lots('plots');
  expect(() => lots.put(0, new Uint8Array(31))).toThrow(RangeError);
  expect(() => lots.draw(new Uint8Array(33), 1)).toThrow(RangeError);
});
