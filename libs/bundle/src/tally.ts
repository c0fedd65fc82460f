import type { CheckCounts, Pools, Tries } from '#libs/ruleset';
import { WITHHELD_TRIES } from '#libs/ruleset';
import type { Answer } from './records.js';

/** Counts an epoch's broadcast answers as the rules want them; they come one by one, sorted by node. */
export class AnswerTally {
  readonly checks: Record<string, CheckCounts> = {};
  readonly tries: { nodes: Record<string, Tries>; plots: Record<string, Tries> } = { nodes: {}, plots: {} };
  /** Lines of each node's answers in their file: the first, and the one after the last. */
  readonly linesOf = new Map<string, [number, number]>();
  /** When each plot was proved, milliseconds since 1970, not sorted; and the last round of those. */
  private readonly proved: Record<string, number[]> = {};
  private readonly lastProved: Record<string, number> = {};
  /** Rounds in which each plot was asked for in vain. */
  private readonly inVain: Record<string, number[]> = {};
  private line = 0;

  /** @param walked whether the number of tries says anything (`isWalked` of the plot's kind) */
  add(answer: Answer, broadcast: boolean, walked = true): void {
    const { node, plot, verdict } = answer;
    const lines = this.linesOf.get(node);
    if (lines) lines[1] = this.line + 1;
    else this.linesOf.set(node, [this.line, this.line + 1]);
    this.line++;
    if (verdict === 'proved' && answer.receivedAt !== null) {
      this.proved[plot] ??= [];
      this.proved[plot].push(answer.receivedAt);
      this.lastProved[plot] = Math.max(this.lastProved[plot] ?? -1, answer.round);
    } else if (verdict !== 'late') {
      this.inVain[plot] ??= [];
      this.inVain[plot].push(answer.round);
    }
    if (!broadcast) return;
    this.checks[node] ??= { proved: 0, empty: 0, late: 0, silent: 0, invalid: 0 };
    this.checks[node][verdict]++;
    // replicas beside partial plots must not make their node look whole
    const tried = walked ? triesOf(answer) : 0;
    if (tried === 0) return;
    const proofs = verdict === 'proved' ? 1 : 0;
    count(this.tries.nodes, node, tried, proofs);
    count(this.tries.plots, plot, tried, proofs);
  }

  /** When each plot was proved, in whatever round: milliseconds since 1970, ascending. */
  get proofs(): Readonly<Record<string, readonly number[]>> {
    // a plot that passed on was asked for at two nodes, one after the other in the file
    for (const moments of Object.values(this.proved)) moments.sort((a, b) => a - b);
    return this.proved;
  }

  /** How often each plot was asked for in vain after its last proof; an answer that came late is neither. */
  get missed(): Readonly<Record<string, number>> {
    const after = (plot: string, rounds: number[]) =>
      rounds.filter((round) => round > (this.lastProved[plot] ?? -1)).length;
    return Object.fromEntries(
      Object.entries(this.inVain).map(([plot, rounds]) => [plot, after(plot, rounds)]),
    );
  }

  get fresh(): Pools {
    return this.tries;
  }
}

/** A proof counts the sub-challenges up to it; an answer without one, and one that was withheld, a fixed number in vain. */
function triesOf({ verdict, withheld, subIndex }: Answer): number {
  if (verdict === 'proved') return (subIndex ?? 0) + 1;
  return verdict === 'empty' || withheld ? WITHHELD_TRIES : 0;
}

function count(into: Record<string, Tries>, key: string, tries: number, proofs: number) {
  const known = into[key];
  if (known) {
    known.tries += tries;
    known.proofs += proofs;
  } else into[key] = { tries, proofs };
}
