import { type FaultLanguage, type FaultReason, type FaultValues, faultWords } from './fault-words.js';

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
  | 'bee'
  | 'reward'
  | 'pool'
  | 'tree';

export class BundleFault extends Error {
  constructor(
    readonly code: FaultCode,
    /** Published name of the file it is in. */
    readonly file: string,
    /** What is wrong, for programs and for translations. */
    readonly reason: FaultReason,
    readonly values: FaultValues = {},
    /** Line of the file, from 1. */
    readonly line: number | null = null,
  ) {
    super(`${file}${line === null ? '' : `, line ${line}`}: ${faultWords(reason, values, 'en')}`);
    this.name = 'BundleFault';
  }

  /** Where it is, and what, as people of this language read it; the message is the English one. */
  inWords(language: FaultLanguage): string {
    if (language === 'en') return this.message;
    const where = this.line === null ? this.file : `${this.file} 第 ${this.line} 行`;
    return `${where}：${faultWords(this.reason, this.values, language)}`;
  }
}
