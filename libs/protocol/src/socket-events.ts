import type { z } from 'zod';
import type { BeeCancel, BeeRegistration, BeeReport, BeeSample, BeeSampled, BeeUnlink } from './bee-node.js';
import type { ErrorBody } from './errors.js';
import type { MachineReport } from './machine.js';
import type { NetworkDigest, NetworkPayload, NetworkPing } from './network.js';
import type { OpenedSample, ReplicaSample, SampleCommitment } from './replica-audit.js';
import type { RoundMessage, SignedAnswer, SignedReceipt } from './round.js';
import type {
  heartbeat,
  InventoryAnswer,
  inventory,
  Piece,
  PlotRegistration,
  PlotState,
  pieceRead,
  pieceRequest,
  Task,
  taskFailure,
  transferDone,
} from './work.js';

/** Socket.IO namespace of nodes. Nodes dial out; the center never connects to a node. */
export const NODE_NAMESPACE = '/node';

/** Every acknowledgement: a value or a typed error. */
export type Ack<T> = { ok: true; value: T } | { ok: false; error: ErrorBody };

type Call<In, Out> = (message: In, ack: (answer: Ack<Out>) => void) => void;

/** What a node signs to open its session: the nonce it was greeted with. */
export interface ConnectStatement {
  nodeId: string;
  nonce: string;
}

/** Node → center. */
export interface NodeToCenter {
  'node:authenticate': Call<{ nodeId: string; signature: string }, { centerTime: number }>;
  'node:report': Call<MachineReport, null>;
  'inventory:sync': Call<z.infer<typeof inventory>, InventoryAnswer>;
  'task:next': Call<Record<string, never>, { tasks: Task[] }>;
  'task:heartbeat': Call<z.infer<typeof heartbeat>, { expiresAt: string }>;
  'task:fail': Call<z.infer<typeof taskFailure>, null>;
  'plot:register': Call<PlotRegistration, { state: PlotState }>;
  'transfer:piece': Call<z.infer<typeof pieceRequest>, Piece>;
  'transfer:done': Call<z.infer<typeof transferDone>, null>;
  'round:answer': Call<SignedAnswer, SignedReceipt>;
  'network:echo': Call<NetworkPing, null>;
  'network:digest': Call<NetworkDigest, null>;
  /** Its own Bee node, with the owner's signature; again at every connection. */
  'bee:register': Call<BeeRegistration, null>;
  /** Ends that link; again changes nothing. */
  'bee:unlink': Call<BeeUnlink, null>;
  'bee:report': Call<BeeReport, null>;
  'bee:sampled': Call<BeeSampled, null>;
}

/** Center → node. */
export interface CenterToNode {
  hello: (message: { nonce: string; centerPublicKey: string }) => void;
  round: (message: RoundMessage) => void;
  'transfer:read': Call<z.infer<typeof pieceRead>, Piece>;
  'network:ping': (message: NetworkPing) => void;
  'network:payload': (message: NetworkPayload) => void;
  /** Asks the payload back, after another nonce (`returnedPayload`). */
  'network:return': Call<NetworkPing, Uint8Array>;
  /** A keyed audit of a replica: commit first … */
  'replica:sample': Call<ReplicaSample, SampleCommitment>;
  /** … and open what was committed to. */
  'replica:open': Call<{ auditId: string }, OpenedSample>;
  /** Its Bee node is to sample its reserve: minutes later `bee:sampled` answers. */
  'bee:sample': (message: BeeSample) => void;
  'bee:cancel': (message: BeeCancel) => void;
  'task:available': () => void;
  'plot:kept': (message: { plotId: string; campaignId: string }) => void;
  'plot:released': (message: { plotId: string }) => void;
  'plot:rejected': (message: { plotId: string; reason: string }) => void;
}
