import { limits } from '#libs/protocol';
import type { Log } from '../log.js';
import type { PlotFile, PlotFolder } from '../plots/plot-folder.js';
import type { Session } from './session.js';
import type { Incoming } from './wire.js';

/**
 * Which plots this node answers for. The center's word decides: it is asked at every connection with the
 * plots that are here, and says in between what came and went. Nothing of it is kept on disk.
 */
export class Custody {
  private readonly kept = new Map<string, { campaignId: string; since: number }>();
  private news = 0;

  constructor(
    private readonly folder: PlotFolder,
    private readonly log: Log,
    private readonly changed: () => void = () => {},
  ) {}

  get size(): number {
    return this.kept.size;
  }

  has(plotId: string): boolean {
    return this.kept.has(plotId);
  }

  /** Ids of the kept plots of a campaign. */
  ofCampaign(campaignId: string): string[] {
    return [...this.kept].filter(([, entry]) => entry.campaignId === campaignId).map(([plotId]) => plotId);
  }

  /** Bytes of the kept plots. */
  get bytes(): number {
    return [...this.kept.keys()].reduce((sum, plotId) => sum + (this.folder.get(plotId)?.plotBytes ?? 0), 0);
  }

  /** Names every plot of the folder to the center and does what it answers. */
  async sync(session: Session): Promise<void> {
    const plots = this.folder.all();
    await this.ask(session, plots);
    this.log.say('inventory_synced', { files: plots.length, kept: this.kept.size });
  }

  /** Asks about these plots, in bounded messages. */
  async ask(session: Session, files: readonly PlotFile[]): Promise<void> {
    const plots = files.map(({ plotId, kind, k }) => ({ plotId, plotKind: kind, k }));
    for (let from = 0; from === 0 || from < plots.length; from += limits.inventoryPlots) {
      const named = plots.slice(from, from + limits.inventoryPlots);
      const asked = this.news;
      const { keep, released } = await session.call('inventory:sync', { plots: named });
      const kept = new Set(keep.map(({ plotId }) => plotId));
      for (const { plotId } of named) {
        const entry = this.kept.get(plotId);
        // what was said after the question was asked is newer than the answer
        if (entry && !kept.has(plotId) && entry.since <= asked) this.kept.delete(plotId);
      }
      for (const { plotId, campaignId } of keep) this.add(plotId, campaignId, asked);
      for (const plotId of released) await this.release({ plotId });
    }
    this.changed();
  }

  keep({ plotId, campaignId }: Incoming<'plot:kept'>): void {
    this.add(plotId, campaignId, ++this.news);
    this.log.say('plot_kept', { plotId });
    this.changed();
  }

  async release({ plotId }: Incoming<'plot:released'>): Promise<void> {
    this.kept.delete(plotId);
    if (await this.folder.remove(plotId)) this.log.say('plot_released', { plotId });
    this.changed();
  }

  async reject({ plotId, reason }: Incoming<'plot:rejected'>): Promise<void> {
    this.kept.delete(plotId);
    const file = await this.folder.setAside(plotId);
    if (file) this.log.say('plot_rejected', { plotId, reason, file });
    await this.folder.sweepAside();
    this.changed();
  }

  private add(plotId: string, campaignId: string, since: number): void {
    this.kept.set(plotId, { campaignId, since });
    this.folder.unreserve(plotId);
  }
}
