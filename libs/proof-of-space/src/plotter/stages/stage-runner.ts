import { CompressKernel } from '../compress/compress-kernel.js';
import { compressShape, type Geometry } from '../geometry.js';
import { TablesKernel } from '../tables/tables-kernel.js';
import { Backward } from './backward.js';
import { Compress } from './compress.js';
import { Forward } from './forward.js';
import { Last } from './last.js';
import type { Stage, StageReport } from './stage.js';
import { Streams } from './streams.js';

/** What one thread does: single tasks of stages, with kernels and open streams of its own. */
export class StageRunner {
  private readonly streams = new Streams();
  private readonly forward: Forward;
  private readonly backward: Backward;
  private readonly compress: Compress;
  private readonly last: Last;

  constructor(geometry: Geometry) {
    const tables = new TablesKernel(geometry);
    this.forward = new Forward(geometry, tables, this.streams);
    this.backward = new Backward(geometry, tables, this.streams);
    const compress = new CompressKernel(compressShape(geometry));
    this.compress = new Compress(geometry, compress, this.streams);
    this.last = new Last(geometry, compress, this.streams);
  }

  /** Does one task of a stage and adds to the report what the next stages need of it. */
  run(stage: Stage, task: number, report: StageReport): void {
    switch (stage.kind) {
      case 'first':
        report.edges.push(this.forward.first(stage, task));
        return;
      case 'next':
        report.edges.push(this.forward.next(stage, task));
        return;
      case 'mark':
        this.backward.mark(stage, task);
        return;
      case 'markEdges':
        this.backward.markEdges(stage, task);
        return;
      case 'points':
        this.compress.points(stage, task);
        return;
      case 'parks':
        this.compress.parks(stage, task);
        return;
      case 'seams':
        this.compress.seam(stage, task);
        return;
      case 'sortLast':
        this.last.sort(stage, task);
        return;
      case 'writeLast':
        this.last.write(stage, task);
        return;
    }
  }

  /** Closes what the stage had open. */
  end(): void {
    this.streams.close();
  }
}
