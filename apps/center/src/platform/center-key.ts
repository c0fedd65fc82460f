import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type KeyPair, newKeyPair } from '#libs/protocol';
import { type CenterConfig, dataPath } from './config.js';

/** The center's Ed25519 key: it signs receipts. Made at the first start, kept in the data folder. */
export abstract class CenterKey implements KeyPair {
  abstract publicKey: string;
  abstract secretKey: string;
}

/** Reads the key, or makes it when this is the first start. */
export function loadCenterKey(config: CenterConfig): KeyPair {
  const file = dataPath(config, 'center-key.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeyPair;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const keys = newKeyPair();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600, flag: 'wx' });
  return keys;
}
