import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { PLOTTER_NAMES } from '#libs/chia';
import { beeRegistration, hexOf, nodeRoles } from '#libs/protocol';
import { ClientError } from '../client-error.js';
import { readJsonFile, writeJsonFile } from './atomic-file.js';
import type { DataFolder } from './data-folder.js';

/** The Bee node beside this client: its API on loopback, and what its owner signed. */
const beeLink = z.strictObject({ url: z.url(), registration: beeRegistration });
export type BeeLink = z.infer<typeof beeLink>;

const bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * node.json: who this node is. Written before the code is sent, so that a lost answer can be asked for again
 * with the same key; `paired` is filled in by the answer.
 */
const nodeState = z.strictObject({
  version: z.literal(1),
  centerUrl: z.url(),
  /** The pairing code without its dash: repeating `join` with it is the same joining. */
  code: z.string(),
  publicKey: hexOf(32),
  /** Ed25519 seed. Secret. */
  secretKey: hexOf(32),
  name: z.string(),
  roles: z.array(z.enum(nodeRoles)).min(1),
  storeBytes: bytes,
  /** Folder of finished plots. */
  path: z.string(),
  /** Folder for plotting, when it is another one. */
  temp: z.string().nullable(),
  /** The plotter to be used; chosen by itself when not named. */
  plotter: z.enum(PLOTTER_NAMES).optional(),
  bee: beeLink.optional(),
  paired: z.strictObject({ nodeId: z.uuid(), centerPublicKey: hexOf(32), centerName: z.string() }).nullable(),
});

export type NodeState = z.infer<typeof nodeState>;
export type PairedNode = NodeState & { paired: NonNullable<NodeState['paired']> };

/** The node of this data folder, or null when none was begun. Errors: state_damaged. */
export const loadNode = (folder: DataFolder): Promise<NodeState | null> =>
  readJsonFile(folder.file.node(), nodeState);

/** The node, when it is paired. Errors: not_joined, state_damaged. */
export async function loadPairedNode(folder: DataFolder): Promise<PairedNode> {
  const node = await loadNode(folder);
  if (!node?.paired) throw new ClientError('not_joined', folder.path);
  return node as PairedNode;
}

/** Keeps the node, readable by its owner alone. */
export const saveNode = (folder: DataFolder, node: NodeState): Promise<void> =>
  writeJsonFile(folder.file.node(), node, true);

/** Forgets the node and its key for good. */
export const forgetNode = (folder: DataFolder): Promise<void> => rm(folder.file.node(), { force: true });
