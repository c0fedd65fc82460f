/** Reverses the bytes of a word: bit strings are big-endian, WebAssembly is little-endian. */
// @ts-ignore: decorator
@inline
export function swap32(word: u32): u32 {
  return (rotl<u32>(word, 8) & 0x00ff00ff) | (rotr<u32>(word, 8) & 0xff00ff00);
}
