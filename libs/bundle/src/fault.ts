/** Where a bundle first differs from what it must be. Codes are stable; the text says it in words. */
export type FaultCode =
  | 'manifest'
  | 'center_key'
  | 'chain'
  | 'ruleset'
  | 'file'
  | 'line'
  | 'secret'
  | 'beacon'
  | 'draw'
  | 'answer'
  | 'receipt'
  | 'proof'
  | 'network'
  | 'reward'
  | 'pool'
  | 'tree';

export class BundleFault extends Error {
  constructor(
    readonly code: FaultCode,
    /** Published name of the file it is in. */
    readonly file: string,
    text: string,
    /** Line of the file, from 1. */
    readonly line: number | null = null,
  ) {
    super(`${file}${line === null ? '' : `, line ${line}`}: ${text}`);
    this.name = 'BundleFault';
  }
}
