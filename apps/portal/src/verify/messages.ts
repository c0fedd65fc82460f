import type { FaultCode, FaultLanguage, Line, VerifyStep } from '#libs/bundle';
import type { Verdict } from '#libs/protocol';

/** What the page asks of the worker. */
export type Ask =
  | {
      kind: 'verify';
      /** Where the campaign's bundles are; each has a folder named by its epoch. */
      base: string;
      epochIndex: number;
      /** The center's key as the page knows it, hex. */
      centerPublicKey: string;
      /** Whose answers are looked at one by one: an account of the bundle. */
      account: string;
    }
  | { kind: 'evidence'; line: Line };

/** How far it is: bytes read of those the manifest names. */
export interface Progress {
  step: VerifyStep;
  bytes: number;
  /** Null until the manifest was read. */
  ofBytes: number | null;
}

/** What a sound bundle came to, for one account. */
export interface Sound {
  epochIndex: number;
  manifestHash: string;
  /** The bundle before it, as the manifest names it; null for the first. */
  previous: string | null;
  ruleset: string;
  root: string | null;
  /** Of everybody, all recomputed. */
  lines: number;
  answers: number;
  /** Of this account's answers. */
  signatures: number;
  proofs: number;
  own: Line[];
  /** Ever released to this account up to this epoch, base units, and its units in the payout tree; null: no entry. */
  due: { releasedAfter: string; units: string; address: string | null } | null;
}

/** One check behind a line, as the bundle has it. */
export interface CheckOfLine {
  line: number;
  round: number;
  /** False for the rounds about one plot (acceptance, custody, confirmation), which earn nothing. */
  counts: boolean;
  plotId: string;
  k: number;
  verdict: Verdict;
  subIndex: number | null;
  proof: string | null;
  beacon: string;
  sentAt: number;
  receivedAt: number | null;
  /** Whether the proof is one of this plot for this challenge; null where there is none. */
  holds: boolean | null;
}

export interface LineEvidence {
  checks: CheckOfLine[];
  /** All that the line names; `checks` are the first of them. */
  total: number;
  /** The plot a plotting line is about. */
  plot: { plotId: string; kind: string; k: number; acceptedAt: number | null } | null;
}

/** `unreadable`: there was no answer, or not a bundle's; nothing is known then. */
export type Failure =
  | { kind: 'fault'; code: FaultCode; words: Record<FaultLanguage, string> }
  | { kind: 'unreadable'; message: string };

/** What the worker says. */
export type Say =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'sound'; sound: Sound }
  | { kind: 'evidence'; evidence: LineEvidence }
  | { kind: 'failed'; failure: Failure };
