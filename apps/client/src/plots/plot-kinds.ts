import { basename } from 'node:path';
import { plotKinds as kindsOfPlots, type PlotKind } from '#libs/proof-of-space';
import { swarmReplica } from '#libs/swarm';
import { ClientError } from '../client-error.js';

/** Every kind that this client keeps and answers for, by name. */
export const plotKinds: ReadonlyMap<string, PlotKind> = new Map([
  ...kindsOfPlots,
  [swarmReplica.kind, swarmReplica as PlotKind],
]);

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
