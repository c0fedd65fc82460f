import type { PauseSwitch, PlotProgress } from '#libs/proof-of-space';

export type PlotterName = 'builtin' | 'chia' | 'madmax' | 'bladebit' | 'bladebit-cuda';

/** What a plotter is asked to make: one uncompressed plot for a contract address. Nothing in it is secret. */
export interface PlotterRequest {
  readonly k: number;
  readonly threads: number;
  /** Memory that may be taken; that of the machine when not given. */
  readonly memoryBytes?: number;
  /** The plotter's own default when not given. */
  readonly buckets?: number;
  /** Absolute folders. Each run works in fresh sub-folders of them. */
  readonly tempDir: string;
  readonly temp2Dir?: string;
  readonly finalDir: string;
  /** 48 bytes. */
  readonly farmerPublicKey: Uint8Array;
  /** `xch1…` or `txch1…`. */
  readonly contractAddress: string;
}

/** Why a plotter cannot make what is asked. */
export type PlotterRefusal = 'k_unsupported' | 'memory_too_small' | 'buckets_unsupported';

/** Where another plotter is, as far as its output tells. */
export type PlotterProgress = Pick<PlotProgress, 'phase' | 'fraction'>;

export interface PlotterControls {
  readonly onProgress?: (progress: PlotterProgress) => void;
  readonly signal?: AbortSignal;
  /** Stops and continues the plotter's processes. Refused where `canPause` is false. */
  readonly pause?: PauseSwitch;
  /** 0 to 19. */
  readonly nice?: number;
  /** Without output for so long the plotter counts as hung; six hours by default. */
  readonly idleTimeoutMs?: number;
  /** Between asking the plotter to end and ending it; five seconds by default. */
  readonly graceMs?: number;
}

export interface PlotterResult {
  readonly path: string;
  readonly plotId: Uint8Array;
  /** Holds a secret key of the plot: do not log it. */
  readonly memo: Uint8Array;
  readonly bytes: number;
}

export interface Plotter {
  readonly name: PlotterName;
  readonly kind: 'chia-v1';
  readonly version: string | null;
  readonly canPause: boolean;
  /** Null when it can. */
  canMake(request: PlotterRequest): PlotterRefusal | null;
  /**
   * Makes one plot.
   * @throws PlotterError `plot_bad_request`, `plot_cancelled`, `plotter_failed`, `disk_full`, `plot_not_written`,
   *   `plotter_cannot_pause`, `plot_exists`, and `plot_not_as_asked` (`details.what`, `details.path`) when the
   *   plotter made another plot than was asked for, which is left where it is
   */
  make(request: PlotterRequest, controls?: PlotterControls): Promise<PlotterResult>;
}
