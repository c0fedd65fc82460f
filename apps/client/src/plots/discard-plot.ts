import { rm } from 'node:fs/promises';
import { removePlotRemains } from '#libs/proof-of-space';

/** Removes everything that making this plot may have left. */
export async function discardPlot(file: string, temp: string | null): Promise<void> {
  removePlotRemains(file, ...(temp ? [temp] : []));
  await rm(file, { force: true });
}
