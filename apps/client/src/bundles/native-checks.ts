import { createHash } from 'node:crypto';
import type { ProofCheck, SignatureBatch, SignatureCheck } from '#libs/bundle';
import { nativeVerify, nativeVerifyHashes } from '#libs/native-signing';
import { plotKinds } from '#libs/proof-of-space';
import type { Hasher } from '#libs/protocol';

export const nativeSignature: SignatureCheck = nativeVerify;
export const nativeSignatures: SignatureBatch = nativeVerifyHashes;
export const nativeSha256 = (): Hasher => createHash('sha256');

export const proofCheck: ProofCheck = ({ kind, plotId, k }, challenge, proof) =>
  (plotKinds.get(kind)?.verify({ plotId, k }, challenge, proof) ?? null) !== null;
