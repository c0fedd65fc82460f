/**
 * Compiles and starts a WebAssembly module that scripts/compile-kernels.mjs made, with a memory of its own. In a
 * browser this belongs in a worker: the main thread of some refuses to compile larger modules at once.
 *
 * @param base64 the default export of a file in `generated/`
 * @returns the module's exports; the shape is the caller's claim, held by tests
 */
export function startKernel<Exports>(base64: string): Exports {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  return exports as Exports;
}
