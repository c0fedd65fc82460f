import { fromHex, toHex } from './bytes.js';
import { SwarmError } from './errors.js';
import { type LosslessJson, parseLossless, stringifyLossless } from './lossless-json.js';
import { PROOF_NAMES, type RcHashAnswer, type SampleProof } from './rchash.js';
import { SIGNATURE_BYTES } from './signature.js';
import type { Stamp } from './stamp.js';

/** An answer of three proofs is about 6 KB; nothing near this is one. */
const MAX_TEXT = 65_536;
/** More sisters than this are refused unread; seven are due. */
const MAX_SISTERS = 64;

/** What in a text is no answer of `/rchash`. */
export interface RcHashTextFault {
  reason: 'answer-too-long' | 'json-invalid' | 'field-invalid';
  /** Path of the field, such as `proofs.proof1.chunkSpan`. */
  field?: string;
}

type Fields = { [name: string]: LosslessJson };

class FieldFault extends Error {
  constructor(readonly field: string) {
    super(field);
  }
}

/**
 * Reads the body of `/rchash` without losing a digit of the spans. Lists of sisters may have any length
 * here: whether they are seven is the verifier's to say.
 *
 * @returns the answer, or what is wrong with the text; never throws
 */
export function parseRcHash(text: string): RcHashAnswer | RcHashTextFault {
  if (text.length > MAX_TEXT) return { reason: 'answer-too-long' };
  try {
    const body = object(parseLossless(text), '');
    const proofs = object(body.proofs, 'proofs');
    return {
      hash: bytes(body.hash, 'hash', 32),
      proofs: Object.fromEntries(
        PROOF_NAMES.map((name) => [name, sampleProof(proofs[name], `proofs.${name}`)]),
      ) as RcHashAnswer['proofs'],
      durationSeconds: typeof body.durationSeconds === 'number' ? body.durationSeconds : 0,
    };
  } catch (error) {
    if (error instanceof FieldFault) return { reason: 'field-invalid', field: error.field };
    if (error instanceof SwarmError) return { reason: 'json-invalid' };
    throw error;
  }
}

/** The body as Bee writes it: hex without 0x, index and timestamp unpadded, the span a number. */
export function renderRcHash(answer: RcHashAnswer): string {
  return stringifyLossless({
    hash: toHex(answer.hash),
    proofs: Object.fromEntries(PROOF_NAMES.map((name) => [name, renderProof(answer.proofs[name])])),
    durationSeconds: answer.durationSeconds,
  });
}

function sampleProof(value: LosslessJson | undefined, path: string): SampleProof {
  const proof = object(value, path);
  const at = (name: string): string => `${path}.${name}`;
  return {
    address: bytes(proof.proveSegment, at('proveSegment'), 32),
    sampleSisters: sisters(proof.proofSegments, at('proofSegments')),
    segment: bytes(proof.proveSegment2, at('proveSegment2'), 32),
    sisters: sisters(proof.proofSegments2, at('proofSegments2')),
    transformedSisters: sisters(proof.proofSegments3, at('proofSegments3')),
    span: span(proof.chunkSpan, at('chunkSpan')),
    stamp: stamp(proof.postageProof, at('postageProof')),
    singleOwner: singleOwner(proof.socProof, at('socProof')),
  };
}

function stamp(value: LosslessJson | undefined, path: string): Stamp {
  const fields = object(value, path);
  const index = hexNumber(fields.index, `${path}.index`);
  return {
    batchId: bytes(fields.postageId, `${path}.postageId`, 32),
    bucket: Number(index >> 32n),
    slot: Number(index & 0xffffffffn),
    timestampNs: hexNumber(fields.timeStamp, `${path}.timeStamp`),
    signature: bytes(fields.signature, `${path}.signature`, SIGNATURE_BYTES),
  };
}

function singleOwner(value: LosslessJson | undefined, path: string): SampleProof['singleOwner'] {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  if (!Array.isArray(value) || value.length > 1) throw new FieldFault(path);
  const fields = object(value[0], path);
  return {
    owner: bytes(fields.signer, `${path}.signer`, 20),
    signature: bytes(fields.signature, `${path}.signature`, SIGNATURE_BYTES),
    identifier: bytes(fields.identifier, `${path}.identifier`, 32),
    wrappedAddress: bytes(fields.chunkAddr, `${path}.chunkAddr`, 32),
  };
}

function renderProof(proof: SampleProof): LosslessJson {
  const { stamp, singleOwner } = proof;
  const index = (BigInt(stamp.bucket) << 32n) | BigInt(stamp.slot);
  return {
    proofSegments: proof.sampleSisters.map(toHex),
    proveSegment: toHex(proof.address),
    proofSegments2: proof.sisters.map(toHex),
    proveSegment2: toHex(proof.segment),
    chunkSpan: proof.span,
    proofSegments3: proof.transformedSisters.map(toHex),
    postageProof: {
      signature: toHex(stamp.signature),
      postageId: toHex(stamp.batchId),
      index: index.toString(16),
      timeStamp: stamp.timestampNs.toString(16),
    },
    socProof: singleOwner && [
      {
        signer: toHex(singleOwner.owner),
        signature: toHex(singleOwner.signature),
        identifier: toHex(singleOwner.identifier),
        chunkAddr: toHex(singleOwner.wrappedAddress),
      },
    ],
  };
}

function object(value: LosslessJson | undefined, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FieldFault(path);
  return value;
}

function bytes(value: LosslessJson | undefined, path: string, length: number): Uint8Array {
  const found = typeof value === 'string' ? fromHex(value, length) : null;
  if (!found) throw new FieldFault(path);
  return found;
}

function sisters(value: LosslessJson | undefined, path: string): Uint8Array[] {
  if (!Array.isArray(value) || value.length > MAX_SISTERS) throw new FieldFault(path);
  return value.map((sister) => bytes(sister, path, 32));
}

function hexNumber(value: LosslessJson | undefined, path: string): bigint {
  if (typeof value !== 'string' || !/^[0-9a-fA-F]{1,16}$/.test(value)) throw new FieldFault(path);
  return BigInt(`0x${value}`);
}

function span(value: LosslessJson | undefined, path: string): bigint {
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  const found = isWhole ? BigInt(value) : -1n;
  if (found < 0n || found > 0xffffffffffffffffn) throw new FieldFault(path);
  return found;
}
