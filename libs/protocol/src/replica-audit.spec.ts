import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditWindow, isInWindow, longestRun, windowFits, windowRuns } from './replica-audit.js';

const sizes = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }));

test('every chunk lies in equally many of the windows there are', () => {
  fc.assert(
    fc.property(sizes, ([all, most]) => {
      const covered = new Array<number>(all).fill(0);
      for (let lot = 0; lot < all; lot++)
        for (const [from, to] of windowRuns(auditWindow(lot, all, most), all))
          for (let index = from; index < to; index++) covered[index]!++;
      const times = all <= most ? all : most;
      expect(covered).toEqual(new Array<number>(all).fill(times));
    }),
  );
});

test('the runs of a window are its chunks, each once, and nothing else is in it', () => {
  fc.assert(
    fc.property(sizes, fc.nat(2 ** 31), ([all, most], lot) => {
      const window = auditWindow(lot, all, most);
      expect(windowFits(window, all)).toBe(true);
      const chunks = windowRuns(window, all).flatMap(([from, to]) =>
        Array.from({ length: to - from }, (_, i) => from + i),
      );
      expect(chunks).toHaveLength(window.chunks);
      expect(new Set(chunks).size).toBe(window.chunks);
      for (let index = -1; index <= all; index++)
        expect(isInWindow(index, window, all)).toBe(chunks.includes(index));
    }),
  );
});

test('a replica that one audit reads whole is read from its beginning; what is no window does not fit', () => {
  expect(auditWindow(123, 40, 40)).toEqual({ first: 0, chunks: 40 });
  expect(auditWindow(40, 41, 40)).toEqual({ first: 40, chunks: 40 });
  expect(windowFits({ first: 10, chunks: 1 }, 10)).toBe(false);
  expect(windowFits({ first: 0, chunks: 11 }, 10)).toBe(false);
});

test('clients that know no window around the end are asked for its longer part', () => {
  expect(longestRun({ first: 2, chunks: 8 }, 10)).toBe(null);
  expect(longestRun({ first: 4, chunks: 8 }, 10)).toEqual({ first: 4, chunks: 6 });
  expect(longestRun({ first: 8, chunks: 8 }, 10)).toEqual({ first: 0, chunks: 6 });
});
