import { z } from 'zod';
import {
  beeCancel,
  beeSample,
  type CenterToNode,
  hexOf,
  limits,
  type MoveTask,
  type NodeToCenter,
  networkPayload,
  networkPing,
  type Piece,
  type PlotTask,
  pieceRead,
  plotFormat,
  plotStates,
  replicaSample,
  roundMessage,
  sampleOpening,
  type Task,
} from '#libs/protocol';
import { plotKinds } from '../plots/plot-kinds.js';
import { signedReceipt } from '../state/receipt-journal.js';

/** What the client accepts from the center, checked field by field before anything is done with it. */
const plot = {
  ...plotFormat,
  plotKind: plotFormat.plotKind.refine((kind) => plotKinds.has(kind), 'a kind of plot known here'),
};
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'a time');
const size = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const plotTask: z.ZodType<PlotTask> = z.object({
  kind: z.literal('plot'),
  leaseId: z.uuid(),
  campaignId: z.uuid(),
  ...plot,
  farmerPublicKey: hexOf(48),
  contractPuzzleHash: hexOf(32),
  expiresAt: time,
});

const moveTask: z.ZodType<MoveTask> = z.object({
  kind: z.enum(['move', 'replica']),
  leaseId: z.uuid(),
  campaignId: z.uuid(),
  plotId: hexOf(32),
  ...plot,
  plotBytes: size,
  // keepers read pieces of this size whatever a lease says
  pieceBytes: z.literal(limits.pieceBytes),
  contentRoot: hexOf(32),
  expiresAt: time,
});

/** `task:next` lists are checked one by one with this, so that a kind unknown here spoils no other. */
export const task: z.ZodType<Task> = z.union([plotTask, moveTask]);
const hello = z.object({ nonce: z.string().min(1).max(200), centerPublicKey: hexOf(32) });

const piece: z.ZodType<Piece> = z.object({
  index: z.number().int().min(0),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= limits.pieceBytes, 'longer than a piece'),
  sha256: hexOf(32),
});

const kept = z.object({ plotId: hexOf(32), campaignId: z.uuid() });
const inventoryAnswer = z.object({
  keep: z.array(kept).max(limits.inventoryPlots),
  released: z.array(hexOf(32)).max(limits.inventoryPlots),
});

/** What each message of the center must look like. */
export const incoming = {
  hello,
  round: roundMessage,
  'transfer:read': pieceRead,
  'network:ping': networkPing,
  'network:payload': networkPayload,
  'network:return': networkPing,
  'replica:sample': replicaSample,
  'replica:open': sampleOpening,
  'bee:sample': beeSample,
  'bee:cancel': beeCancel,
  'task:available': z.unknown(),
  'plot:kept': kept,
  'plot:released': z.object({ plotId: hexOf(32) }),
  'plot:rejected': z.object({ plotId: hexOf(32), reason: z.string().max(1000) }),
} satisfies Record<keyof CenterToNode, z.ZodType>;

export type Incoming<Event extends keyof CenterToNode> = z.infer<(typeof incoming)[Event]>;

/** What the value of each acknowledgement must look like. */
export const answers = {
  'node:authenticate': z.object({ centerTime: z.number() }),
  'node:report': z.unknown(),
  'inventory:sync': inventoryAnswer,
  'task:next': z.object({ tasks: z.array(z.unknown()).max(1000) }),
  'task:heartbeat': z.object({ expiresAt: time }),
  'task:fail': z.unknown(),
  'plot:register': z.object({ state: z.enum(plotStates) }),
  'transfer:piece': piece,
  'transfer:done': z.unknown(),
  'round:answer': signedReceipt,
  'network:echo': z.unknown(),
  'network:digest': z.unknown(),
  'bee:register': z.unknown(),
  'bee:unlink': z.unknown(),
  'bee:report': z.unknown(),
  'bee:sampled': z.unknown(),
} satisfies Record<keyof NodeToCenter, z.ZodType>;

export type CallName = keyof NodeToCenter;
export type CallMessage<Event extends CallName> = Parameters<NodeToCenter[Event]>[0];
export type CallAnswer<Event extends CallName> = z.infer<(typeof answers)[Event]>;

/** An acknowledgement of any call, before its value is checked. */
export const ack = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
  }),
]);
