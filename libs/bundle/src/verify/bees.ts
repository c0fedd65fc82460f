import { hexToBytes } from '#libs/protocol';
import { judgeBees } from '#libs/swarm';
import type { BeeRecord } from '../bee-record.js';
import { BundleFault } from '../fault.js';
import type { FaultReason, FaultValues } from '../fault-words.js';
import { type Policy, publishedName } from '../records.js';
import { isSame } from './is-same.js';

const file = publishedName('bees');
const fault = (at: number, reason: FaultReason, values: FaultValues = {}) =>
  new BundleFault('bee', file, reason, values, at + 1);

/**
 * Judges every Bee node's answer of the epoch again, with the others of its challenge: signatures, stamps, proofs,
 * agreement, stake. What was read from the chain is the center's word, with the block and the contracts to read it again;
 * so is that a neighbourhood played, for which nobody is paid. Throws BundleFault.
 */
export function checkBees(records: readonly BeeRecord[], { bees: rules, epoch }: Policy): void {
  for (let at = 0; at < records.length; ) {
    const { challenge, closedAt } = records[at]!;
    let end = at;
    while (records[end]?.challenge === challenge) end++;
    if (
      !rules ||
      rules.since > epoch.startsAt ||
      closedAt > epoch.endsAt ||
      closedAt <= epoch.startsAt - rules.vouchedMs
    ) {
      throw fault(at, 'bee_out_of_time');
    }
    if (closedAt > rules.since) checkChallenge(records.slice(at, end), at, rules);
    at = end;
  }
}

/** @param first index of its first record */
function checkChallenge(
  asked: readonly BeeRecord[],
  first: number,
  rules: NonNullable<Policy['bees']>,
): void {
  const { depth, anchor1, block, consensusTimeNs, closedAt } = asked[0]!;
  const batches = new Map(asked.flatMap((one) => one.batches.map((batch) => [batch.id, batch])));
  for (const [i, record] of asked.entries()) {
    const same = { depth, anchor1, block, consensusTimeNs, closedAt };
    for (const [name, value] of Object.entries(same)) {
      if (record[name as keyof typeof same] !== value) throw fault(first + i, 'bee_asked_other', { name });
    }
  }
  const judged = judgeBees(
    { depth, anchor1, block, consensusTimeNs: BigInt(consensusTimeNs) },
    asked.map(({ account, stake, ...one }) => ({
      ...one,
      accountId: account,
      stake: stake && { ...stake, plur: BigInt(stake.plur) },
    })),
    (id) => {
      const batch = batches.get(id);
      return batch ? { ...batch, owner: hexToBytes(batch.owner) } : null;
    },
    rules,
  );
  for (const [i, { verdict, reason, lacks }] of asked.entries()) {
    if (verdict === 'excused') continue;
    const must = judged[i]!;
    if (verdict !== must.verdict || reason !== must.reason || !isSame(lacks, must.lacks)) {
      const words = {
        is: inWords(verdict, reason, lacks),
        wanted: inWords(must.verdict, must.reason, must.lacks),
      };
      throw fault(first + i, 'other_bee_verdict', words);
    }
  }
}

const inWords = (verdict: string, reason: string | null, lacks: readonly string[]) =>
  [verdict, ...(reason ? [reason] : []), ...lacks].join(', ');
