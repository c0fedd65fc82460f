import { basename } from 'node:path';
import { type PlotKind, plotKinds } from '#libs/proof-of-space';
import { ClientError } from '../client-error.js';

/** The kind of plot that a finished file of this name holds; undefined when it is no name of a plot. */
export function kindOfFile(file: string): PlotKind | undefined {
  const name = basename(file);
  return [...plotKinds.values()].find((kind) => kind.isFileName(name));
}

/** Errors: plot_kind_unknown. */
export function plotKindOf(name: string): PlotKind {
  const kind = plotKinds.get(name);
  if (!kind) throw new ClientError('plot_kind_unknown', name);
  return kind;
}
