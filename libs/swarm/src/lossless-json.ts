import { SwarmError } from './errors.js';

/**
 * JSON whose whole numbers beyond 2^53 stay exact: read as bigint, written as numbers. Bee writes spans as
 * numbers of up to 64 bits (pkg/api/rchash.go ChunkSpan), which `JSON.parse` rounds. Every other number is
 * a `number` as usual.
 */
export type LosslessJson =
  | null
  | boolean
  | number
  | bigint
  | string
  | LosslessJson[]
  | { [name: string]: LosslessJson };

// Strings as a whole, so that digits within them are never taken for numbers; names of members first, left alone. A
// string without end takes all the rest, so that reading stays linear in the text's length.
const TOKENS = /("(?:[^"\\]|\\.)*")(?=\s*:)|"(?:[^"\\]|\\.)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WHOLE = /^-?(?:0|[1-9]\d*)$/;
const MARK = '\0';
const MARKED_NUMBER = /^"\\u0000n(-?\d+)"$/;

/** @throws SwarmError `json-invalid` */
export function parseLossless(json: string): LosslessJson {
  const marked = json.replace(TOKENS, (token, name?: string) => {
    if (name !== undefined) return token;
    if (token.startsWith('"\\u0000')) return `"\\u0000s${token.slice(7)}`;
    if (WHOLE.test(token) && !Number.isSafeInteger(Number(token))) return `"\\u0000n${token}"`;
    return token;
  });
  try {
    return JSON.parse(marked, (_name, value: unknown) => {
      if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
      return value[1] === 'n' ? BigInt(value.slice(2)) : MARK + value.slice(2);
    }) as LosslessJson;
  } catch (error) {
    throw new SwarmError('json-invalid', error instanceof Error ? error.message : 'no JSON');
  }
}

/** Text of one line; a bigint becomes a number of all its digits. */
export function stringifyLossless(value: LosslessJson): string {
  const marked = JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part === 'bigint') return `${MARK}n${part}`;
    return typeof part === 'string' && part.startsWith(MARK) ? `${MARK}s${part.slice(1)}` : part;
  });
  return marked.replace(TOKENS, (token, name?: string) => {
    if (name !== undefined) return token;
    const digits = MARKED_NUMBER.exec(token)?.[1];
    return digits ?? (token.startsWith('"\\u0000s') ? `"\\u0000${token.slice(8)}` : token);
  });
}
