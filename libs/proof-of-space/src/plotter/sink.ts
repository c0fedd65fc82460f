/** Where a plot's bytes go, from the first to the last. `write` does not keep the bytes it is given. */
export interface PlotSink {
  write(bytes: Uint8Array): void;
}
