/// <reference lib="webworker" />
import {
  BundleFault,
  type Line,
  type ProofCheck,
  readManifest,
  type Verified,
  type VerifyStep,
  verifyBundle,
} from '#libs/bundle';
import { type PlotKind, plotKinds } from '#libs/proof-of-space';
import { swarmReplica } from '#libs/swarm';
import { httpSource, UnreadableBundle } from './http-source.js';
import { evidenceOf } from './line-evidence.js';
import type { Ask, Failure, Say, Sound } from './messages.js';

/** Verifies a bundle in the visitor's browser; ended by the page when it is not wanted any more. */
const page = self as unknown as DedicatedWorkerGlobalScope;
const say = (message: Say) => page.postMessage(message);

/** A page needs no more of them than it can draw. */
const PROGRESS_MS = 100;

const kinds: ReadonlyMap<string, Pick<PlotKind, 'verify'>> = new Map([
  ...plotKinds,
  [swarmReplica.kind, swarmReplica as PlotKind],
]);

const proofHolds: ProofCheck = ({ kind, plotId, k }, challenge, proof) =>
  (kinds.get(kind)?.verify({ plotId, k }, challenge, proof) ?? null) !== null;

let asked: Extract<Ask, { kind: 'verify' }>;

page.onmessage = ({ data: ask }: MessageEvent<Ask>) => {
  const work = ask.kind === 'verify' ? verify(ask) : show(ask.line);
  work.then(say, (error: unknown) => say({ kind: 'failed', failure: failureOf(error) }));
};

async function verify(ask: Extract<Ask, { kind: 'verify' }>): Promise<Say> {
  asked = ask;
  let step: VerifyStep = 'manifest';
  let bytes = 0;
  let ofBytes: number | null = null;
  let last = 0;
  const tell = () => {
    last = performance.now();
    say({ kind: 'progress', progress: { step, bytes, ofBytes } });
  };
  const read = (more: number) => {
    bytes += more;
    if (performance.now() - last > PROGRESS_MS) tell();
  };
  const source = httpSource(urlOf(ask, ask.epochIndex), read);
  const first = await source.manifest();
  const { manifest } = readManifest(first);
  ofBytes = manifest.files.flatMap(({ parts }) => parts).reduce(sumOf, first.length);
  const verified = await verifyBundle(
    { ...source, manifest: async () => first },
    {
      proofs: 'all',
      proof: proofHolds,
      centerPublicKey: ask.centerPublicKey,
      onlyAccount: (account) => account === ask.account,
      keepLine: ({ account }) => account === ask.account,
      previous: manifest.previous ? httpSource(urlOf(ask, ask.epochIndex - 1)) : undefined,
      progress: (next) => {
        step = next;
        tell();
      },
    },
  );
  return { kind: 'sound', sound: soundOf(verified, ask.account) };
}

const urlOf = ({ base }: { base: string }, epochIndex: number) => `${base}/${epochIndex}`;
const sumOf = (sum: number, { bytes }: { bytes: number }) => sum + bytes;

async function show(line: Line): Promise<Say> {
  return {
    kind: 'evidence',
    evidence: await evidenceOf(httpSource(urlOf(asked, asked.epochIndex)), line, proofHolds),
  };
}

function soundOf(verified: Verified, account: string): Sound {
  const { manifest, manifestHash, lineCount, lines, tree, answers, signatures, proofs } = verified;
  const entry = tree.find((one) => one.account === account);
  return {
    epochIndex: manifest.epochIndex,
    manifestHash,
    previous: manifest.previous,
    ruleset: manifest.ruleset.id,
    root: manifest.tree.root,
    lines: lineCount,
    answers,
    signatures,
    proofs,
    own: lines,
    due: entry ? { releasedAfter: entry.releasedAfter, units: entry.units, address: entry.address } : null,
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof BundleFault) {
    return { kind: 'fault', code: error.code, words: { en: error.inWords('en'), zh: error.inWords('zh') } };
  }
  const message = error instanceof Error ? error.message : String(error);
  // anything else is this browser's trouble or ours, and says nothing about the bundle
  return {
    kind: 'unreadable',
    message: error instanceof UnreadableBundle ? message : `internal: ${message}`,
  };
}
