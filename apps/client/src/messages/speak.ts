import { ProofOfSpaceError } from '#libs/proof-of-space';
import { type ErrorCode, errorCodes, isErrorCode } from '#libs/protocol';
import { ClientError, codeOf, textOf } from '../client-error.js';
import { en, type MessageKey } from './en.js';
import { zh } from './zh.js';

export type { MessageKey } from './en.js';

export type Values = Record<string, string | number>;

/** The sentence for a key, its `{name}`s filled in. */
export type Speak = (key: MessageKey, values?: Values) => string;

/** English, or Chinese when LC_ALL, LC_MESSAGES or LANG (in this order) asks for it. */
export function speakFor(env: NodeJS.ProcessEnv = process.env): Speak {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  const table = locale.toLowerCase().startsWith('zh') ? zh : en;
  return (key, values = {}) =>
    table[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** What to tell a person about an error: the sentence for its code, else the center's own text. */
export function explain(thrown: unknown, speak: Speak): string {
  // their texts hold the figures
  if (thrown instanceof ProofOfSpaceError) return textOf(thrown);
  const code = codeOf(thrown);
  const detail = thrown instanceof ClientError ? (thrown.detail ?? '') : '';
  const cause = thrown instanceof ClientError ? thrown.cause : undefined;
  if (code && Object.hasOwn(en, code))
    return speak(code as MessageKey, { detail, file: detail, text: cause ? textOf(cause) : detail });
  if (isErrorCode(code)) return detail || errorCodes[code as ErrorCode];
  return textOf(thrown);
}
