import { BundleFault, type TreeEntry, type Verified, verifyBundle } from '#libs/bundle';
import { nativeSha256, nativeSignatures, proofCheck } from '../bundles/native-checks.js';
import { sourceOf } from '../bundles/sources.js';
import { ClientError } from '../client-error.js';
import { dataFolder } from '../state/data-folder.js';
import { loadPairedNode } from '../state/node-state.js';
import type { CommandIo } from './io.js';
import { readDispute, verifyDispute } from './verify-dispute.js';
import { watchedSource } from './verify-progress.js';

export interface VerifyCommandOptions {
  account?: string;
  proofs: string;
  previous?: string;
  key?: string;
  against?: string;
  /** Bee node or gateway that bzz:// is read through. */
  bee?: string;
  data?: string;
  json?: boolean;
}

const DEFAULT_PROOFS = 1000;

/**
 * `croft verify`: checks a dispute file, or recomputes a bundle and says where it first differs. Returns whether it is sound. Errors:
 * bundle_unreadable, verify_options_invalid.
 */
export async function verifyCommand(
  where: string,
  options: VerifyCommandOptions,
  io: CommandIo,
): Promise<boolean> {
  const proofs = options.proofs === 'all' ? 'all' : Number(options.proofs);
  if (proofs !== 'all' && !(Number.isInteger(proofs) && proofs >= 0)) {
    throw new ClientError('verify_options_invalid', `--proofs ${options.proofs}`);
  }
  if (options.account && !/^0x[0-9a-fA-F]{40}$/.test(options.account)) {
    throw new ClientError('verify_options_invalid', `--account ${options.account}`);
  }
  const file = await readDispute(where);
  const own = new OwnAccounts(options.account);
  try {
    if (file) return await verifyDispute(file, options, io);
    const { source, progress } = await watchedSource(
      sourceOf(where, options.bee),
      nativeSignatures,
      options.json ? { ...io, line: undefined } : io,
    );
    const verified = await verifyBundle(source, {
      proofs,
      progress,
      proof: proofCheck,
      signatures: nativeSignatures,
      newHash: nativeSha256,
      centerPublicKey: options.key ?? (await pairedKey(options, io)),
      previous: options.previous ? sourceOf(options.previous, options.bee) : undefined,
      keepLine: ({ account }, tree) => own.in(tree).has(account),
    }).finally(() => io.line?.clear());
    report(verified, own, options, io);
    return true;
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    const { code, file, line, reason, message } = error;
    if (options.json) io.out(JSON.stringify({ ok: false, code, file, line, reason, message }));
    else io.err(io.speak('verify_differs', { message: error.inWords(languageOf(io)) }));
    return false;
  }
}

/** The key of the center this computer is paired with, when it is. */
async function pairedKey(options: VerifyCommandOptions, io: CommandIo): Promise<string | undefined> {
  const node = await loadPairedNode(dataFolder(options.data, io.env)).catch(() => null);
  return node?.paired.centerPublicKey;
}

/** The accounts of a bundle that are paid to one's address; none without an address. */
class OwnAccounts {
  private ids?: ReadonlySet<string>;

  constructor(private readonly address: string | undefined) {}

  in(tree: readonly TreeEntry[]): ReadonlySet<string> {
    this.ids ??= new Set(this.entries(tree).map(({ account }) => account));
    return this.ids;
  }

  entries(tree: readonly TreeEntry[]): TreeEntry[] {
    const address = this.address?.toLowerCase();
    return address ? tree.filter((entry) => entry.address === address) : [];
  }
}

function report(
  verified: Verified,
  own: OwnAccounts,
  { account, json }: VerifyCommandOptions,
  io: CommandIo,
) {
  const { manifest, manifestHash, policy, lines: ownLines, tree, answers, signatures, proofs } = verified;
  const { accrued, lineCount: lines } = verified;
  const { epochIndex: epoch, centerPublicKey, tree: made } = manifest;
  const counts = { epoch, lines, answers, signatures, proofs };
  if (json) {
    const sums = { ok: true, manifestHash, centerPublicKey, root: made.root, accrued: accrued.toString() };
    return io.out(JSON.stringify({ ...sums, ...counts, ownLines }));
  }
  io.out(io.speak('verify_sound', { ...counts, campaign: policy.campaign.name }));
  io.out(io.speak('verify_hash', { hash: manifestHash, key: centerPublicKey, root: made.root ?? '–' }));
  for (const { kind, amount, quantity, unit, rate } of ownLines) {
    io.out(io.speak('verify_line', { kind, amount, quantity, unit, rate }));
  }
  if (account && ownLines.length === 0) io.out(io.speak('verify_no_lines', { account }));
  for (const { units, releasedAfter } of own.entries(tree))
    io.out(io.speak('verify_due', { units, releasedAfter }));
}

const languageOf = ({ speak }: CommandIo) => (speak('language') === 'zh' ? 'zh' : 'en');

export { DEFAULT_PROOFS };
