/** A line at the end of a terminal that is written over again and again. */
export interface TerminalLine {
  show(text: string): void;
  /** Nothing of it stays; what is said next begins where it was. */
  clear(): void;
}

type Terminal = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/** ECMA-48: erase in line. */
const ERASED = '\r\x1b[K';

/** The rewritten line of a terminal; nothing where the stream is a file or a pipe. */
export function terminalLine(stream: Terminal): TerminalLine | undefined {
  if (!stream.isTTY) return undefined;
  let shown = false;
  return {
    show(text) {
      shown = true;
      stream.write(`${ERASED}${cut(text, (stream.columns || 80) - 1)}`);
    },
    clear() {
      if (shown) stream.write(ERASED);
      shown = false;
    },
  };
}

/** A line that is broken could not be written over. Whatever is not Latin may take two columns. */
function cut(text: string, columns: number): string {
  let taken = 0;
  let end = 0;
  for (const sign of text) {
    taken += sign.codePointAt(0)! < 0x1100 ? 1 : 2;
    if (taken > columns) return text.slice(0, end);
    end += sign.length;
  }
  return text;
}
