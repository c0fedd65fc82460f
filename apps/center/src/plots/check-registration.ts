import { CroftError, type PlotRegistration } from '#libs/protocol';
import type { AcceptedKind, LeaseTerms } from '../platform/plot-kinds/plot-kinds.js';

/**
 * Sees that a plot is the one its lease asked for: kind, size and keys.
 * Errors: plot_kind_differs, plot_size_differs, memo_invalid, plot_keys_differ.
 */
export function checkRegistration(
  registration: PlotRegistration,
  kind: AcceptedKind,
  terms: LeaseTerms,
): void {
  if (registration.plotKind !== kind.kind) throw new CroftError('plot_kind_differs', { kind: kind.kind });
  const { least, most } = kind.fileBytes(terms.k);
  const { k, plotBytes } = registration;
  if (k !== terms.k || plotBytes < least || plotBytes > most) {
    const expected = { leastBytes: Math.ceil(least), mostBytes: Math.floor(most) };
    throw new CroftError('plot_size_differs', { k: terms.k, ...expected });
  }
  kind.checkKeys(registration, terms);
}
