import { expect, test } from 'vitest';
import { terminalLine } from './terminal-line.js';

function terminal(columns: number, isTTY = true) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
}

test('a terminal’s line is written over, never broken, and leaves nothing', () => {
  const screen = terminal(8);
  const line = terminalLine(screen)!;
  line.clear();
  line.show('one');
  line.show('a long line');
  line.show('核对 100 %');
  line.clear();
  line.clear();
  expect(screen.written).toEqual(['\r\x1b[Kone', '\r\x1b[Ka long ', '\r\x1b[K核对 10', '\r\x1b[K']);
});

test('a file or a pipe has none', () => {
  expect(terminalLine(terminal(80, false))).toBeUndefined();
});
