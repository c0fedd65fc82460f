import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type KeyPair, newKeyPair } from '#libs/protocol';
import { type CenterConfig, dataPath } from './config.js';

/** The center's Ed25519 key: it signs receipts. Made at the first start, kept in the data folder. */
export abstract class CenterKey implements KeyPair {
  abstract publicKey: string;
  abstract secretKey: string;
}

/** Reads the key, or makes it when this is the first start. Of processes that start at once, one makes it. */
export function loadCenterKey(config: CenterConfig): KeyPair {
  const file = dataPath(config, 'center-key.json');
  const known = readKey(file);
  if (known) return known;
  mkdirSync(dirname(file), { recursive: true });
  // it appears whole or not at all, and never takes the place of another
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(newKeyPair()), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readKey(file)!;
}

function readKey(file: string): KeyPair | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeyPair;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
