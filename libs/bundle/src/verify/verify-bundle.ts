import { beaconOf, bytesToHex, canonicalBytes, hexToBytes, verify as verifySignature } from '#libs/protocol';
import { type EpochOutcome, rulesets } from '#libs/ruleset';
import { factsOf, lineRecord } from '../facts.js';
import { BundleFault } from '../fault.js';
import { Frames } from '../frames.js';
import { type Manifest, manifestHash, readManifest } from '../manifest.js';
import { AnswerTimes } from '../network.js';
import {
  type Answer,
  type Challenge,
  type FileName,
  type Line,
  type Policy,
  type Pool,
  publishedName,
  type RecordOf,
  type TreeEntry,
} from '../records.js';
import { type BundleSource, readFile, sha256Hex } from '../source.js';
import { AnswerTally } from '../tally.js';
import type { Hasher } from '../writer.js';
import { checkAnswer, isSampled, type ProofCheck, type SignatureCheck } from './answers.js';
import { Draws } from './draws.js';
import { checkNetwork } from './network.js';
import { checkTree } from './tree.js';

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
  signature?: SignatureCheck;
  newHash?: () => Hasher;
  progress?: (step: string) => void;
}

/** What a sound bundle holds. */
export interface Verified {
  manifest: Manifest;
  manifestHash: string;
  policy: Policy;
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
  const { progress = () => {} } = options;
  progress('manifest');
  const manifest = checkedManifest(await source.manifest(), options.centerPublicKey);
  const hash = manifestHash(manifest);
  const all = async <Name extends FileName>(name: Name): Promise<RecordOf<Name>[]> => {
    const records: RecordOf<Name>[] = [];
    for await (const record of readFile(source, manifest, name, frames, options.newHash))
      records.push(record);
    return records;
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
  const [network, adjustments, pools, tree] = [
    await all('network'),
    await all('adjustments'),
    await all('pools'),
    await all('tree'),
  ];
  const lines = await all('lines');

  progress('answers');
  const roundOf = new Map(challenges.map((challenge) => [challenge.round, challenge]));
  const plotOf = new Map(plots.map((plot) => [plot.plot, plot]));
  const nodeOf = new Map(nodes.map((node) => [node.node, node]));
  const tally = new AnswerTally();
  const times = new AnswerTimes();
  const draws = new Draws(policy, challenges, plots, custodies);
  const total = manifest.files.find((file) => file.name === 'answers')!.lines;
  const sample = options.proofs === 'all' ? total : options.proofs;
  const checks = {
    centerPublicKey: manifest.centerPublicKey,
    signature: options.signature ?? verifySignature,
  };
  let line = 0;
  let signatures = 0;
  let proofs = 0;
  let group: { answer: Answer; line: number }[] = [];
  const endGroup = () => {
    const first = group[0]?.answer;
    if (first) draws.group(first.node, first.plot, group);
    group = [];
  };
  for await (const answer of readFile(source, manifest, 'answers', frames, options.newHash)) {
    line++;
    const challenge = roundOf.get(answer.round);
    const plot = plotOf.get(answer.plot);
    const node = nodeOf.get(answer.node);
    if (!challenge || !plot || !node) {
      throw new BundleFault(
        'answer',
        publishedName('answers'),
        'its round, plot or node is not in the bundle',
        line,
      );
    }
    if (!options.onlyAccount || options.onlyAccount(answer.account, tree)) {
      const look = answer.proof !== null && options.proof && isSampled(hash, line, sample, total);
      const proof = look ? options.proof! : null;
      checkAnswer(answer, { challenge, plot, node }, line, { ...checks, proof });
      if (answer.signature) signatures += 2;
      if (proof) proofs++;
    }
    const broadcast = challenge.kind === 'broadcast';
    tally.add(answer, broadcast);
    if (!broadcast) continue;
    times.add(answer, challenge.sentAt);
    if (group[0] && (group[0].answer.node !== answer.node || group[0].answer.plot !== answer.plot))
      endGroup();
    group.push({ answer, line });
  }
  endGroup();
  draws.finish();
  checkNetwork(network, times.all());

  progress('rewards');
  const facts = factsOf({ policy, accounts, plots, custodies, network, adjustments, pools }, tally);
  const outcome = rulesets[manifest.ruleset.id]!.apply(facts);
  checkLines(
    lines,
    outcome.lines.map((expected) => lineRecord(expected, facts, tally)),
  );
  checkPools(pools, outcome);
  progress('tree');
  checkTree(tree, lines, policy, manifest);
  if (options.previous) await checkPrevious(options.previous, manifest, { tree, pools }, frames);
  return {
    manifest,
    manifestHash: hash,
    policy,
    lines,
    tree,
    answers: line,
    signatures,
    proofs,
    accrued: outcome.accrued,
  };
}

function checkedManifest(bytes: Uint8Array, centerPublicKey: string | undefined): Manifest {
  const signed = readManifest(bytes);
  if (typeof signed === 'string') throw new BundleFault('manifest', 'manifest.json', signed);
  const { manifest } = signed;
  if (centerPublicKey && manifest.centerPublicKey !== centerPublicKey) {
    throw new BundleFault('center_key', 'manifest.json', 'it is signed with another key than this center’s');
  }
  const ruleset = rulesets[manifest.ruleset.id];
  if (!ruleset) {
    throw new BundleFault(
      'ruleset',
      'manifest.json',
      `ruleset ${manifest.ruleset.id} is unknown to this version`,
    );
  }
  if (ruleset.codeHash !== manifest.ruleset.codeHash) {
    throw new BundleFault(
      'ruleset',
      'manifest.json',
      `it was made by other code of ${manifest.ruleset.id} than this`,
    );
  }
  return manifest;
}

function checkedPolicy(policies: Policy[], manifest: Manifest): Policy {
  const file = publishedName('policy');
  const [policy] = policies;
  if (!policy || policies.length !== 1) throw new BundleFault('line', file, 'it must have one line');
  const { campaign, epoch } = policy;
  if (campaign.id !== manifest.campaignId || epoch.index !== manifest.epochIndex) {
    throw new BundleFault('line', file, 'it is about another campaign or epoch than the manifest', 1);
  }
  if (sha256Hex(hexToBytes(epoch.secret)) !== epoch.secretHash) {
    throw new BundleFault(
      'secret',
      file,
      'the secret has not the hash that was published before the epoch',
      1,
    );
  }
  return policy;
}

/** The beacon of every round follows from the secret, its number and its block. */
function checkBeacons(challenges: Challenge[], { epoch }: Policy) {
  const secret = hexToBytes(epoch.secret);
  for (const [i, { round, beacon, blockHash }] of challenges.entries()) {
    const fault = (text: string) => new BundleFault('beacon', publishedName('challenges'), text, i + 1);
    if (round !== i) throw fault(`round ${i} is missing`);
    const expected = beaconOf(secret, round, blockHash ? hexToBytes(blockHash) : undefined);
    if (bytesToHex(expected) !== beacon)
      throw fault('its beacon does not follow from the secret and its block');
  }
}

function checkLines(lines: Line[], expected: Line[]) {
  const file = publishedName('lines');
  const textOf = (record: unknown) => new TextDecoder().decode(canonicalBytes(record));
  for (let i = 0; i < Math.max(lines.length, expected.length); i++) {
    const [is, must] = [lines[i], expected[i]];
    if (!is)
      throw new BundleFault('reward', file, `a ${must!.kind} line of ${must!.amount} is missing`, i + 1);
    if (!must) throw new BundleFault('reward', file, `this ${is.kind} line follows from nothing`, i + 1);
    const field = (Object.keys(must) as (keyof Line)[]).find(
      (name) => textOf([is[name]]) !== textOf([must[name]]),
    );
    if (field) {
      const [there, here] = [textOf(is[field]), textOf(must[field])];
      throw new BundleFault(
        'reward',
        file,
        `${field} of this ${is.kind} line is ${there}; the rules make it ${here}`,
        i + 1,
      );
    }
  }
}

function checkPools(pools: Pool[], { pools: after }: EpochOutcome) {
  const file = publishedName('pools');
  const expected = Object.keys(after.nodes).length + Object.keys(after.plots).length;
  for (const [i, pool] of pools.entries()) {
    const must = (pool.kind === 'node' ? after.nodes : after.plots)[pool.subject];
    if (!must || must.tries !== pool.after.tries || must.proofs !== pool.after.proofs) {
      throw new BundleFault('pool', file, 'its tries do not follow from those before and the answers', i + 1);
    }
  }
  if (pools.length !== expected)
    throw new BundleFault('pool', file, `it has ${pools.length} pools, not ${expected}`);
}

/** What the bundle before left behind is where this one begins. */
async function checkPrevious(
  source: BundleSource,
  manifest: Manifest,
  { tree, pools }: { tree: TreeEntry[]; pools: Pool[] },
  frames: Frames,
) {
  const before = readManifest(await source.manifest());
  if (typeof before === 'string')
    throw new BundleFault('chain', 'manifest.json', `of the bundle before: ${before}`);
  if (manifestHash(before.manifest) !== manifest.previous) {
    throw new BundleFault('chain', 'manifest.json', 'it names another bundle before it than the one given');
  }
  const released = new Map<string, string>();
  for await (const entry of readFile(source, before.manifest, 'tree', frames)) {
    released.set(entry.account, entry.releasedAfter);
  }
  for (const [i, entry] of tree.entries()) {
    if (entry.releasedBefore === (released.get(entry.account) ?? '0')) continue;
    throw new BundleFault(
      'chain',
      publishedName('tree'),
      'it does not begin where the bundle before ended',
      i + 1,
    );
  }
  const tries = new Map<string, Pool['after']>();
  for await (const pool of readFile(source, before.manifest, 'pools', frames)) {
    tries.set(`${pool.kind} ${pool.subject}`, pool.after);
  }
  for (const [i, { kind, subject, before: begin }] of pools.entries()) {
    const end = tries.get(`${kind} ${subject}`) ?? { tries: 0, proofs: 0 };
    if (begin.tries === end.tries && begin.proofs === end.proofs) continue;
    throw new BundleFault(
      'chain',
      publishedName('pools'),
      'it does not begin where the bundle before ended',
      i + 1,
    );
  }
}
