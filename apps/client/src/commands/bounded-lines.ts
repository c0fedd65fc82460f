/** A line of a text, or null in place of one that is too long; numbered from 1. */
export interface NumberedLine {
  number: number;
  text: string | null;
}

/**
 * Splits bytes into lines as they come, keeping `mostBytes` of one at most, whatever comes. Lines end with \\n or
 * \\r\\n; the last may do without.
 */
export async function* boundedLines(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<NumberedLine> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const take = (part: Uint8Array) => {
    length += part.length;
    if (length <= mostBytes) parts.push(part);
    else parts = [];
  };
  const finish = (): NumberedLine => {
    number++;
    const text = length <= mostBytes ? Buffer.concat(parts).toString().replace(/\r$/, '') : null;
    parts = [];
    length = 0;
    return { number, text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, to));
      yield finish();
      from = to + 1;
    }
    take(chunk.subarray(from));
  }
  if (length > 0) yield finish();
}
