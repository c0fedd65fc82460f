import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type NodeRole, newKeyPair, pairStatement, parsePairingCode, sign } from '#libs/protocol';
import { type BeeLinkOptions, linkBee } from '../bee/link.js';
import { loopbackUrl } from '../bee/loopback.js';
import { ClientError } from '../client-error.js';
import { checkSpace, checkWritable, reportMachine } from '../machine.js';
import { plotterNamed } from '../plots/machine-plotters.js';
import { formatSize, parseSize } from '../sizes.js';
import { type DataFolder, dataFolder } from '../state/data-folder.js';
import { loadNode, type NodeState, type PairedNode, saveNode } from '../state/node-state.js';
import { takeProcessLock } from '../state/process-lock.js';
import type { CommandIo } from './io.js';
import { parseCenterUrl, sendPairing } from './pairing.js';

export interface JoinOptions extends Partial<BeeLinkOptions> {
  code: string;
  store: string;
  path: string;
  plot?: boolean;
  temp?: string;
  name?: string;
  /** auto, or the name of one. */
  plotter?: string;
  data?: string;
}

/**
 * `croft join <url>`: makes the node's key, keeps it, and pairs it with the code. Repeated with the same code
 * it is the same joining: a lost answer is asked for again with the same key.
 */
export async function join(url: string, options: JoinOptions, io: CommandIo): Promise<void> {
  if (options.bee) {
    loopbackUrl(options.bee);
    if (!options.beeKeyFile) throw new ClientError('options_invalid', '--bee-key-file');
  }
  const offer = await parseOffer(url, options);
  const folder = await dataFolder(options.data, io.env).make();
  const unlock = await takeProcessLock(folder.file.lock());
  try {
    const before = await loadNode(folder);
    if (before?.paired) {
      if (before.code !== offer.code || before.centerUrl !== offer.centerUrl) {
        throw new ClientError('already_joined', `${before.paired.centerName} (${before.name})`);
      }
      return tell(before, 'join_again', options, io);
    }
    await checkOffer(offer);
    const paired = await pair(folder, before, offer);
    tell(paired, 'join_done', options, io);
    if (options.bee) await link(folder, paired, options, io);
  } finally {
    await unlock();
  }
}

type Offer = Pick<
  NodeState,
  'centerUrl' | 'code' | 'name' | 'roles' | 'storeBytes' | 'path' | 'temp' | 'plotter'
>;

async function parseOffer(url: string, options: JoinOptions): Promise<Offer> {
  const centerUrl = parseCenterUrl(url);
  const code = parsePairingCode(options.code);
  if (!code) throw new ClientError('code_invalid');
  const storeBytes = parseSize(options.store);
  if (storeBytes === null) throw new ClientError('size_invalid', options.store);
  const roles: NodeRole[] = [];
  if (options.plot) roles.push('plotter');
  if (storeBytes > 0) roles.push('storer');
  if (options.bee) roles.push('bee');
  if (roles.length === 0) throw new ClientError('nothing_offered');
  const name = (options.name?.trim() || hostname() || 'node').slice(0, 60);
  const temp = options.temp ? resolve(options.temp) : null;
  const plotter = plotterNamed(options.plotter);
  return { centerUrl, code, name, roles, storeBytes, path: resolve(options.path), temp, plotter };
}

async function checkOffer({ path, temp, storeBytes }: Offer): Promise<void> {
  await checkWritable(path);
  if (temp) await checkWritable(temp);
  await checkSpace(path, storeBytes);
}

async function pair(folder: DataFolder, before: NodeState | null, offer: Offer): Promise<NodeState> {
  const sameJoining = before?.code === offer.code && before.centerUrl === offer.centerUrl;
  const keys = sameJoining ? before : newKeyPair();
  const { publicKey, secretKey } = keys;
  const node: NodeState = sameJoining
    ? { ...before, ...offer }
    : { version: 1, ...offer, publicKey, secretKey, paired: null };
  await saveNode(folder, node);
  const { code, roles, name } = node;
  const signature = sign('croft/pair/1', pairStatement({ code, publicKey, roles }), secretKey);
  const report = await reportMachine(node);
  const answer = await sendPairing(node.centerUrl, { code, publicKey, name, roles, report, signature });
  const { nodeId, centerPublicKey, centerName } = answer;
  const paired: NodeState = { ...node, paired: { nodeId, centerPublicKey, centerName } };
  await saveNode(folder, paired);
  return paired;
}

/** A Bee node that cannot be linked now can be later: the node has joined either way. */
async function link(folder: DataFolder, node: NodeState, options: JoinOptions, io: CommandIo): Promise<void> {
  const { bee = '', beeKeyFile = '' } = options;
  const linked = await linkBee(node as PairedNode, { ...options, bee, beeKeyFile });
  await saveNode(folder, { ...node, bee: linked });
  io.out(io.speak('bee_linked', { overlay: linked.registration.overlay, url: linked.url }));
}

function tell(node: NodeState, key: 'join_done' | 'join_again', options: JoinOptions, io: CommandIo): void {
  io.out(io.speak(key, { name: node.name, center: node.paired?.centerName ?? node.centerUrl }));
  const { path, storeBytes, roles } = node;
  if (roles.includes('storer')) io.out(io.speak('join_offers_store', { size: formatSize(storeBytes), path }));
  if (roles.includes('plotter')) io.out(io.speak('join_offers_plot', { path }));
  io.out(io.speak('join_next', { data: dataOption(options.data) }));
}

/** ` --data <folder>` for a command line shown to a person, or nothing for the usual folder. */
export function dataOption(data?: string): string {
  if (!data) return '';
  return ` --data ${/\s/.test(data) ? JSON.stringify(data) : data}`;
}
