import { z } from 'zod';
import { hexOf } from './hex.js';
import { plotFormat } from './plot-kind.js';

/** `bee`: a Bee node of its own on its machine. */
export const nodeRoles = ['plotter', 'storer', 'bee'] as const;
export type NodeRole = (typeof nodeRoles)[number];

/** Kinds of plots by name, in a bounded list. */
const plotKindNames = z.array(plotFormat.plotKind).max(16);
/** What a client that does not say is taken to know. */
const FIRST_KINDS: readonly string[] = ['chia-v1'];

/** What a node found on its machine. Shown to people and used to choose work; it earns nothing by itself. */
export const machineReport = z.strictObject({
  os: z.string().max(40),
  arch: z.string().max(20),
  cores: z.number().int().min(1).max(4096),
  memoryBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  clientVersion: z.string().max(40),
  /** What the contributor offers, bytes; 0 for a plotter that keeps nothing. */
  storeBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Free on the disk that keeps plots, bytes; null when it could not be read. */
  storeFreeBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  /** Free in the plotter's temp folder, bytes; null when it does not plot or it could not be read. */
  tempFreeBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  /** Kinds of plots it can make, and kinds it can keep and prove; only such work is offered to it. */
  makes: plotKindNames.optional(),
  keeps: plotKindNames.optional(),
});
export type MachineReport = z.infer<typeof machineReport>;

/** Kinds of plots that work of a sort may be about: `makes` for plotting, `keeps` for what is fetched and kept. */
export const kindsOf = (report: MachineReport, sort: 'makes' | 'keeps'): readonly string[] =>
  report[sort] ?? FIRST_KINDS;

/** Body of POST /api/nodes/pair; `signature` is over {code, publicKey, roles} by the node's own key. */
export const pairRequest = z.strictObject({
  code: z.string().max(20),
  publicKey: hexOf(32),
  name: z.string().min(1).max(60),
  roles: z.array(z.enum(nodeRoles)).min(1).max(nodeRoles.length),
  report: machineReport,
  signature: hexOf(64),
});
export type PairRequest = z.infer<typeof pairRequest>;

/** What the key signs when it pairs. */
export const pairStatement = (request: Pick<PairRequest, 'code' | 'publicKey' | 'roles'>) => ({
  code: request.code,
  publicKey: request.publicKey,
  roles: request.roles,
});

export interface PairAnswer {
  nodeId: string;
  /** The center's Ed25519 key: receipts are signed by it. */
  centerPublicKey: string;
  centerName: string;
}
