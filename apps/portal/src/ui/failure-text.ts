import { ApiError } from '../api/api-error.js';
import type { Texts } from '../i18n/en.js';
import { WalletError } from '../wallet/ask-wallet.js';

const walletTexts = {
  rejected: 'walletRejected',
  no_account: 'walletNoAccount',
  failed: 'walletFailed',
} as const;

/** A failure in the visitor's language. A code that is newer than this page is shown with the center's own words. */
export function failureText(error: unknown, t: Texts): string {
  if (error instanceof WalletError) return t.signIn[walletTexts[error.reason]];
  if (error instanceof ApiError) {
    return Object.hasOwn(t.errors, error.code) ? t.errors[error.code] : `${error.message} (${error.code})`;
  }
  return t.errors.internal;
}
