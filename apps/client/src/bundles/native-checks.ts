import { createHash } from 'node:crypto';
import type { ProofCheck, SignatureBatch, SignatureCheck } from '#libs/bundle';
import { nativeVerify, nativeVerifyHashes } from '#libs/native-signing';
import type { Hasher } from '#libs/protocol';
import { plotKinds } from '../plots/plot-kinds.js';

export const nativeSignature: SignatureCheck = nativeVerify;
export const nativeSignatures: SignatureBatch = nativeVerifyHashes;
export const nativeSha256 = (): Hasher => createHash('sha256');

export const proofCheck: ProofCheck = ({ kind, plotId, k }, challenge, proof) =>
  (plotKinds.get(kind)?.verify({ plotId, k }, challenge, proof) ?? null) !== null;
