/** Longer lines are cut: no plotter says anything of use so far to the right. */
const MAX_LINE = 2000;
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g');
/** A memo or a key would be as long; none is printed without being asked for. */
const LONG_HEX = /[0-9a-f]{96,}/gi;

/** Cuts output into lines of bounded length and hands each on, cleaned. */
export class Lines {
  private rest = '';

  constructor(private readonly take: (line: string) => void) {}

  add(chunk: string): void {
    const parts = chunk.split(/[\r\n]/);
    for (const [i, part] of parts.entries()) {
      if (i > 0) this.end();
      if (this.rest.length < MAX_LINE) this.rest += part.slice(0, MAX_LINE - this.rest.length);
    }
  }

  /** What has no line end yet counts as a line. */
  end(): void {
    const line = this.rest.replace(ESCAPES, '').replace(LONG_HEX, '…').trim();
    this.rest = '';
    if (line) this.take(line);
  }
}
