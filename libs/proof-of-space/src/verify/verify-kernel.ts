import { startKernel } from '#libs/kernel';
import verifyModule from '../generated/verify-wasm.js';

type Address = WebAssembly.Global & { readonly value: number };

/** kernels/verify.ts, where each function and place is described. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly BATCH: Address;
  readonly plotIds: Address;
  readonly challenges: Address;
  readonly proofs: Address;
  readonly verdicts: Address;
  readonly qualities: Address;
  readonly values: Address;
  verify(k: number, count: number, idStride: number): number;
  assemble(k: number, strict: boolean): number;
  qualityOfPair(k: number): void;
  nodesStart(): number;
  tryLeaves(k: number): void;
  tryTable(k: number, table: number): number;
  tryQuality(k: number): void;
}

/** The verifier's WebAssembly with its places as offsets into `bytes`. Its memory never grows. */
export interface VerifyKernel
  extends Pick<
    Exports,
    'verify' | 'assemble' | 'qualityOfPair' | 'nodesStart' | 'tryLeaves' | 'tryTable' | 'tryQuality'
  > {
  readonly bytes: Uint8Array;
  /** Room for x values, 64 of them. */
  readonly values: Float64Array;
  /** The most proofs of one call of `verify`. */
  readonly batch: number;
  readonly plotIds: number;
  readonly challenges: number;
  readonly proofs: number;
  readonly verdicts: number;
  readonly qualities: number;
}

let started: VerifyKernel | undefined;

/** The one verifier of this process or worker, started when it is first needed. */
export function verifyKernel(): VerifyKernel {
  started ??= start();
  return started;
}

function start(): VerifyKernel {
  const kernel = startKernel<Exports>(verifyModule);
  return {
    verify: kernel.verify,
    assemble: kernel.assemble,
    qualityOfPair: kernel.qualityOfPair,
    nodesStart: kernel.nodesStart,
    tryLeaves: kernel.tryLeaves,
    tryTable: kernel.tryTable,
    tryQuality: kernel.tryQuality,
    bytes: new Uint8Array(kernel.memory.buffer),
    values: new Float64Array(kernel.memory.buffer, kernel.values.value, 64),
    batch: kernel.BATCH.value,
    plotIds: kernel.plotIds.value,
    challenges: kernel.challenges.value,
    proofs: kernel.proofs.value,
    verdicts: kernel.verdicts.value,
    qualities: kernel.qualities.value,
  };
}
