import type { Geometry } from '../geometry.js';
import { TablesKernel } from '../tables/tables-kernel.js';
import { Backward } from './backward.js';
import { Forward } from './forward.js';
import type { Stage, StageReport } from './stage.js';
import { Streams } from './streams.js';

/** What one thread does: single tasks of stages, with kernels and open streams of its own. */
export class StageRunner {
  private readonly streams = new Streams();
  private readonly kernel: TablesKernel;
  private readonly forward: Forward;
  private readonly backward: Backward;

  constructor(geometry: Geometry) {
    this.kernel = new TablesKernel(geometry);
    this.forward = new Forward(geometry, this.kernel, this.streams);
    this.backward = new Backward(geometry, this.kernel, this.streams);
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
    }
  }

  /** Closes what the stage had open. */
  end(): void {
    this.streams.close();
  }
}
