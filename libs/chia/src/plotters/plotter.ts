import type { PauseSwitch, PlotPlan, PlotProgress } from '#libs/proof-of-space';

export const PLOTTER_NAMES = ['builtin', 'chia', 'madmax', 'bladebit', 'bladebit-cuda'] as const;
export type PlotterName = (typeof PLOTTER_NAMES)[number];

/** How a plot is to be made, whoever it is for. */
export interface PlotterRun {
  readonly k: number;
  readonly threads: number;
  /** Memory that may be taken; that of the machine when not given. */
  readonly memoryBytes?: number;
  /** The plotter's own default when not given. */
  readonly buckets?: number;
  /** Temporary files even where the memory would do. Only the built-in plotter can be asked so. */
  readonly onDisk?: boolean;
  /** Absolute folders. Each run works in fresh sub-folders of them. */
  readonly tempDir: string;
  readonly temp2Dir?: string;
  readonly finalDir: string;
}

/** What a plotter is asked to make: one uncompressed plot for a contract address. Nothing in it is secret. */
export interface PlotterRequest extends PlotterRun {
  /** 48 bytes. */
  readonly farmerPublicKey: Uint8Array;
  /** `xch1…` or `txch1…`. */
  readonly contractAddress: string;
  /** What the plot is for. It stays with what a killed run leaves, so that a later one knows it again. */
  readonly tag?: string;
}

/** Which plot it is and what its file is called. */
export interface DrawnPlot {
  readonly plotId: Uint8Array;
  /** Holds a secret key of the plot: do not log it. */
  readonly memo: Uint8Array;
  readonly fileName: string;
}

/** One very plot: its keys were drawn before, and who they belong to follows from the memo. */
export interface GivenPlotRequest
  extends Omit<PlotterRequest, 'farmerPublicKey' | 'contractAddress' | 'tag'> {
  readonly plot: DrawnPlot;
}

/** Why a plotter cannot make what is asked. */
export type PlotterRefusal = 'k_unsupported' | 'memory_too_small' | 'buckets_unsupported';

/** Where another plotter is, as far as its output tells. */
export type PlotterProgress = Pick<PlotProgress, 'phase' | 'fraction' | 'remainingMs'>;

/** What a plotter's own documentation says that a plot takes, in bytes; null where it says nothing. */
export interface PlotterNeeds {
  readonly peakMemoryBytes: number | null;
  readonly tempBytes: number | null;
  readonly temp2Bytes: number | null;
  readonly finalBytes: number;
}

/** What making a plot will take, and how it would be called. */
export interface PlotterPlan extends PlotterNeeds {
  readonly plotter: PlotterName;
  readonly version: string | null;
  readonly k: number;
  readonly threads: number;
  /** Null when it is the plotter's own affair. */
  readonly mode: PlotPlan['mode'] | null;
  readonly buckets: number | null;
  /** The program and its arguments, as everybody on the machine could see them; null for the built-in plotter. */
  readonly command: { readonly executable: string; readonly arguments: readonly string[] } | null;
}

export interface PlotterControls {
  readonly onProgress?: (progress: PlotterProgress) => void;
  /**
   * Called once, when it is known which plot it will be and before any file has its final name: what must be written
   * down first is, when it returns. The built-in plotter draws the keys at the beginning, others tell at the end.
   */
  readonly onDrawn?: (plot: DrawnPlot) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Stops and continues the plotter's processes. Refused where `canPause` is false. */
  readonly pause?: PauseSwitch;
  /** 0 to 19. */
  readonly nice?: number;
  /** Whether a plot that is stopped keeps what it has on disk, to go on from there; where the plotter can go on. */
  readonly keepOnFailure?: boolean;
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

export interface Plotter<Request = PlotterRequest> {
  readonly name: PlotterName;
  readonly kind: 'chia-v1';
  readonly version: string | null;
  readonly canPause: boolean;
  /** Whether it may be taken without being named: not a plotter for graphics cards where no such card was seen. */
  readonly isAutomatic: boolean;
  /** Null when it can. */
  canMake(run: PlotterRun): PlotterRefusal | null;
  /** What a plot takes. @throws PlotterError `plot_bad_request` and `plotter_limit` when it cannot make it */
  plan(request: Request): PlotterPlan;
  /**
   * Does all that `make` does before it starts: the plan, the folders, their room.
   * @throws PlotterError as `plan`, and `disk_full`, `plot_not_written`
   */
  rehearse(request: Request): void;
  /**
   * Makes one plot.
   * @throws PlotterError `plot_bad_request`, `plotter_limit`, `plot_cancelled`, `plotter_failed`, `disk_full`,
   *   `plot_not_written`, `plotter_cannot_pause`, `plot_exists`, and `plot_not_as_asked` (`details.what`,
   *   `details.path`) when the plotter made another plot than was asked for, which is left where it is
   */
  make(request: Request, controls?: PlotterControls): Promise<PlotterResult>;
}
