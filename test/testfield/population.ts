import { getAddress } from 'ethers';
import { nativeSign } from '#libs/native-signing';
import {
  type MachineReport,
  type NodeRole,
  pairRequest,
  pairStatement,
  parsePairingCode,
} from '#libs/protocol';
import { AccountsService } from '../../apps/center/src/accounts/accounts.service.js';
import { PairingService } from '../../apps/center/src/nodes/pairing.service.js';
import type { World } from '../support/world.js';
import type { Behaviour } from './behaviour.js';
import type { Doors } from './doors.js';
import { ScriptedClient } from './scripted-client.js';
import { keyPairOf, type SeededEntropy } from './seeded.js';

export const MACHINE: MachineReport = {
  os: 'test',
  arch: 'test',
  cores: 4,
  memoryBytes: 8e9,
  clientVersion: '0',
  storeBytes: 1e12,
  storeFreeBytes: 1e12,
  tempFreeBytes: 1e12,
};

export interface Joining {
  roles?: NodeRole[];
  report?: Partial<MachineReport>;
  /** Another node of somebody who is there. */
  accountId?: string;
}

/** A new node, paired by a code, connected: all through the center's own doors. */
export async function join(
  world: World,
  doors: Doors,
  entropy: SeededEntropy,
  behaviour: Behaviour,
  { roles = ['plotter', 'storer'], report, accountId }: Joining = {},
): Promise<ScriptedClient> {
  const owner = accountId ?? (await newAccount(world, entropy));
  const pairing = world.app.get(PairingService);
  const { code } = await pairing.newCode(owner);
  const keys = keyPairOf(entropy.bytes(32));
  const request = { code: parsePairingCode(code)!, publicKey: keys.publicKey, roles };
  const signature = nativeSign('croft/pair/1', pairStatement(request), keys.secretKey);
  const whole = { ...request, name: behaviour.name, report: { ...MACHINE, ...report }, signature };
  const { nodeId } = await pairing.pair(pairRequest.parse(whole));
  const client = new ScriptedClient(doors, behaviour, nodeId, owner, keys, entropy.sequence());
  await client.connect();
  return client;
}

/** An account of a wallet that has signed in. */
async function newAccount(world: World, entropy: SeededEntropy): Promise<string> {
  const address = getAddress(`0x${Buffer.from(entropy.bytes(20)).toString('hex')}`);
  return (await world.app.get(AccountsService).byWallet(address)).id;
}
