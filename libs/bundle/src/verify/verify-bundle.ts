import { beaconOf, bytesToHex, type Hasher, hexToBytes, newSha256 } from '#libs/protocol';
import { rulesets } from '#libs/ruleset';
import { adjustmentRecords, factsOf, lineRecords } from '../facts.js';
import { BundleFault } from '../fault.js';
import { Frames } from '../frames.js';
import { type Manifest, manifestHash, readManifestBy } from '../manifest.js';
import {
  type Challenge,
  type FileName,
  formatOf,
  type Line,
  type Policy,
  publishedName,
  type RecordOf,
  type TreeEntry,
} from '../records.js';
import { type BundleSource, readFrames, sha256Hex } from '../source.js';
import { AnswerPass } from './answer-pass.js';
import type { ProofCheck } from './answers.js';
import { checkBees } from './bees.js';
import { Draws } from './draws.js';
import { checkHeld, checkPools, LineCheck } from './lines.js';
import { checkNetwork } from './network.js';
import { checkPrevious } from './previous.js';
import { SharedNames } from './shared-names.js';
import { type SignatureBatch, SignatureQueue, signaturesInJavaScript } from './signatures.js';
import { checkTree } from './tree.js';

/** What is redone, one after the other. */
export type VerifyStep = 'manifest' | 'draws' | 'answers' | 'rewards' | 'tree';

export interface VerifyOptions {
  /** How many proofs are looked at, about; none when `proof` is missing. */
  proofs: number | 'all';
  proof?: ProofCheck;
  /** The center's key as known from elsewhere; without it, the manifest's own is taken. */
  centerPublicKey?: string;
  /** The bundle before this one. */
  previous?: BundleSource;
  /** Only signatures and proofs of this account's answers are looked at; everything else is redone in full. */
  onlyAccount?: (account: string, tree: readonly TreeEntry[]) => boolean;
  /** Which of the lines are wanted afterwards; all without it, and a million take a GiB. */
  keepLine?: (line: Line, tree: readonly TreeEntry[]) => boolean;
  /** A platform's own cryptography; without it, that in JavaScript. */
  signatures?: SignatureBatch;
  newHash?: () => Hasher;
  progress?: (step: VerifyStep) => void;
}

/** What a sound bundle holds. */
export interface Verified {
  manifest: Manifest;
  manifestHash: string;
  policy: Policy;
  lineCount: number;
  /** Those that `keepLine` wanted. */
  lines: Line[];
  tree: TreeEntry[];
  answers: number;
  signatures: number;
  proofs: number;
  accrued: bigint;
}

/**
 * Recomputes a bundle from itself: hashes, draws, signatures, proofs, every reward line and the root. Throws BundleFault
 * at the first difference.
 */
export async function verifyBundle(source: BundleSource, options: VerifyOptions): Promise<Verified> {
  const frames = await Frames.load();
  const { progress = () => {}, newHash = newSha256 } = options;
  progress('manifest');
  const batch = options.signatures ?? signaturesInJavaScript;
  const { manifest } = await readManifestBy(await source.manifest(), batch);
  checkManifest(manifest, options.centerPublicKey);
  const hash = manifestHash(manifest);
  const names = new SharedNames();
  const all = async <Name extends FileName>(name: Name): Promise<RecordOf<Name>[]> => {
    const all: RecordOf<Name>[] = [];
    for await (const records of readFrames(source, manifest, name, frames, newHash)) {
      for (const record of records) {
        names.share(record);
        all.push(record);
      }
    }
    return all;
  };
  const policies = await all('policy');
  const policy = checkedPolicy(policies, manifest);
  const challenges = await all('challenges');
  progress('draws');
  checkBeacons(challenges, policy);
  const [accounts, nodes, plots, custodies] = [
    await all('accounts'),
    await all('nodes'),
    await all('plots'),
    await all('custodies'),
  ];
  const bees = manifest.format === 'croft/bundle/1' ? [] : await all('bees');
  const [network, adjustments, pools, tree] = [
    await all('network'),
    await all('adjustments'),
    await all('pools'),
    await all('tree'),
  ];

  progress('answers');
  const total = manifest.files.find((file) => file.name === 'answers')!.lines;
  const signatures = new SignatureQueue(batch);
  const pass = new AnswerPass(challenges, plots, nodes, new Draws(policy, challenges, plots, custodies), {
    centerPublicKey: manifest.centerPublicKey,
    newHash,
    signatures,
    proof: options.proof ?? null,
    sample: { manifestHash: hash, proofs: options.proofs === 'all' ? total : options.proofs, of: total },
    isWanted: (account) => options.onlyAccount?.(account, tree) ?? true,
  });
  await firstFault(signatures, async () => {
    for await (const answers of readFrames(source, manifest, 'answers', frames, newHash)) {
      for (const answer of answers) pass.take(answer);
      await signatures.keepUp();
    }
    pass.end();
  });
  const { tally, times } = pass;
  checkNetwork(network, times.all());
  checkBees(bees, policy);

  progress('rewards');
  const held = adjustments.flatMap(({ before, ...part }) => (before ? [{ ...part, before }] : []));
  const facts = factsOf({ policy, accounts, plots, custodies, network, bees, held, pools }, tally);
  const outcome = rulesets[manifest.ruleset.id]!.apply(facts);
  const check = new LineCheck(lineRecords(outcome, facts, tally));
  const lines: Line[] = [];
  for await (const records of readFrames(source, manifest, 'lines', frames, newHash, check.known)) {
    for (const line of records) {
      check.take(line);
      if (options.keepLine?.(line, tree) ?? true) lines.push(line);
    }
  }
  check.end();
  checkHeld(adjustments, adjustmentRecords(held, outcome));
  checkPools(pools, outcome);
  progress('tree');
  checkTree(tree, check.released, policy, manifest);
  if (options.previous) {
    const beginning = { tree, pools, adjustments, bees, beesSince: policy.bees?.since ?? null };
    await checkPrevious(options.previous, manifest, beginning, frames);
  }
  return {
    manifest,
    manifestHash: hash,
    policy,
    lineCount: check.count,
    lines,
    tree,
    answers: pass.line,
    signatures: signatures.count,
    proofs: pass.proofs,
    accrued: outcome.accrued,
  };
}

/** Reads on while signatures are checked, and throws what is wrong in the earliest line. */
async function firstFault(signatures: SignatureQueue, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (fault) {
    const earlier = await signatures.end().then(
      () => null,
      (other: unknown) => other,
    );
    if (!(earlier instanceof BundleFault && fault instanceof BundleFault)) throw earlier ?? fault;
    // of one line, that its signature does not hold
    throw (fault.line ?? 0) < (earlier.line ?? 0) ? fault : earlier;
  }
  await signatures.end();
}

function checkManifest(manifest: Manifest, centerPublicKey: string | undefined): void {
  const { id, codeHash } = manifest.ruleset;
  if (centerPublicKey && manifest.centerPublicKey !== centerPublicKey) {
    throw new BundleFault('center_key', 'manifest.json', 'other_center');
  }
  const ruleset = Object.hasOwn(rulesets, id) ? rulesets[id] : undefined;
  if (!ruleset) throw new BundleFault('ruleset', 'manifest.json', 'ruleset_unknown', { ruleset: id });
  if (ruleset.codeHash !== codeHash) {
    throw new BundleFault('ruleset', 'manifest.json', 'other_code', { ruleset: id });
  }
  if (manifest.format !== formatOf(id)) {
    throw new BundleFault('ruleset', 'manifest.json', 'other_format', { ruleset: id });
  }
}

function checkedPolicy(policies: Policy[], manifest: Manifest): Policy {
  const file = publishedName('policy');
  const [policy] = policies;
  if (!policy || policies.length !== 1) throw new BundleFault('line', file, 'one_line');
  const { campaign, epoch, rates, bees } = policy;
  const later = {
    'campaign.endsAt': campaign.endsAt,
    'campaign.payoutKind': campaign.payoutKind,
    'rates.beePerNeighbourhoodDay': rates.beePerNeighbourhoodDay,
    bees,
  };
  for (const [where, value] of Object.entries(later)) {
    if ((value === undefined) === (manifest.format === 'croft/bundle/1')) continue;
    const problem = value === undefined ? 'missing' : 'not of this format';
    throw new BundleFault('line', file, 'not_of_its_form', { where, problem }, 1);
  }
  if (campaign.id !== manifest.campaignId || epoch.index !== manifest.epochIndex) {
    throw new BundleFault('line', file, 'other_epoch', {}, 1);
  }
  if (sha256Hex(hexToBytes(epoch.secret)) !== epoch.secretHash) {
    throw new BundleFault('secret', file, 'other_secret', {}, 1);
  }
  return policy;
}

/** The beacon of every round follows from the secret, its number and its block. */
function checkBeacons(challenges: Challenge[], { epoch }: Policy) {
  const secret = hexToBytes(epoch.secret);
  const file = publishedName('challenges');
  for (const [i, { round, beacon, blockHash }] of challenges.entries()) {
    if (round !== i) throw new BundleFault('beacon', file, 'round_missing', { round: i }, i + 1);
    const expected = beaconOf(secret, round, blockHash ? hexToBytes(blockHash) : undefined);
    if (bytesToHex(expected) !== beacon) throw new BundleFault('beacon', file, 'other_beacon', {}, i + 1);
  }
}
