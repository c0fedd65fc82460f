import { z } from 'zod';
import { hexOf, hexUpTo } from './hex.js';
import { limits } from './limits.js';
import { plotFormat } from './plot-kind.js';

/** A lease of plotting work: what to make, and for whom. The node adds its own random master key. */
export interface PlotTask {
  kind: 'plot';
  leaseId: string;
  campaignId: string;
  /** The proof format of the plot, and its size as a step of it. */
  plotKind: string;
  k: number;
  /** BLS G1, 48 bytes hex. */
  farmerPublicKey: string;
  /** Puzzle hash of the contributor's own contract address, 32 bytes hex. */
  contractPuzzleHash: string;
  /** ISO time until which the lease lives without a heartbeat. */
  expiresAt: string;
}

/** A lease of moving work: fetch this plot and keep it. A `move` comes from its keeper, a `replica` from the center. */
export interface MoveTask {
  kind: 'move' | 'replica';
  leaseId: string;
  campaignId: string;
  plotId: string;
  plotKind: string;
  k: number;
  plotBytes: number;
  pieceBytes: number;
  /** See contentRootOf. */
  contentRoot: string;
  expiresAt: string;
}

export type Task = PlotTask | MoveTask;

export const heartbeat = z.strictObject({
  leaseId: z.uuid(),
  phase: z.string().max(40),
  /** Part of the work done, 0 … 1. */
  fraction: z.number().min(0).max(1),
});

export const taskFailure = z.strictObject({
  leaseId: z.uuid(),
  /** Stable word for the cause, such as disk_full. */
  cause: z.string().regex(/^[a-z0-9_]{1,40}$/),
  text: z.string().max(400),
});

export const plotRegistration = z.strictObject({
  leaseId: z.uuid(),
  plotId: hexOf(32),
  ...plotFormat,
  memo: hexUpTo(256),
  plotBytes: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** See contentRootOf. */
  contentRoot: hexOf(32),
});
export type PlotRegistration = z.infer<typeof plotRegistration>;

/** `registered`: to be spot-checked; `accepted`: it counts; `rejected`: it failed its spot checks; `lost`: gone. */
export const plotStates = ['registered', 'accepted', 'rejected', 'lost'] as const;
export type PlotState = (typeof plotStates)[number];

export const pieceRequest = z.strictObject({
  leaseId: z.uuid(),
  index: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31),
});
export const transferDone = z.strictObject({ leaseId: z.uuid(), contentRoot: hexOf(32) });

/** Center → keeper: read piece `index` of a plot. */
export const pieceRead = z.strictObject({
  plotId: hexOf(32),
  index: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31),
});

export interface Piece {
  index: number;
  bytes: Uint8Array;
  /** SHA-256 of the bytes, hex, as its keeper computed it. */
  sha256: string;
}

export const inventory = z.strictObject({
  plots: z.array(z.strictObject({ plotId: hexOf(32), ...plotFormat })).max(limits.inventoryPlots),
});

/** What the center says of the plots a node named. */
export interface InventoryAnswer {
  /** In this node's custody: keep and answer for them. */
  keep: { plotId: string; campaignId: string }[];
  /** Custody has passed to another keeper: these files may go. */
  released: string[];
}
