// The 64 flags that a left entry has to see, m in 0..63: each at m * 256 + (2m + parity)^2 % 127 from its cell. The
// distances are written out because only a literal becomes part of the load itself, which saves half of the time.

// @ts-ignore: decorator
@inline
function at8(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32): u64 {
  return <u64>((((((d << 1) + c) << 1) + b) << 1) + a + (((((((h << 1) + g) << 1) + f) << 1) + e) << 4));
}

/** The flags for a group with an even number, that of m = 0 in the lowest bit. */
// @ts-ignore: decorator
@inline
export function evenFlags(c: usize): u64 {
  const m0 = at8(
    load<u8>(c, 0), load<u8>(c, 260), load<u8>(c, 528), load<u8>(c, 804),
    load<u8>(c, 1088), load<u8>(c, 1380), load<u8>(c, 1553), load<u8>(c, 1861),
  );
  const m8 = at8(
    load<u8>(c, 2050), load<u8>(c, 2374), load<u8>(c, 2579), load<u8>(c, 2919),
    load<u8>(c, 3140), load<u8>(c, 3369), load<u8>(c, 3606), load<u8>(c, 3851),
  );
  const m16 = at8(
    load<u8>(c, 4104), load<u8>(c, 4365), load<u8>(c, 4634), load<u8>(c, 4911),
    load<u8>(c, 5196), load<u8>(c, 5489), load<u8>(c, 5663), load<u8>(c, 5972),
  );
  const m24 = at8(
    load<u8>(c, 6162), load<u8>(c, 6487), load<u8>(c, 6693), load<u8>(c, 7034),
    load<u8>(c, 7256), load<u8>(c, 7486), load<u8>(c, 7724), load<u8>(c, 7970),
  );
  const m32 = at8(
    load<u8>(c, 8224), load<u8>(c, 8486), load<u8>(c, 8756), load<u8>(c, 9034),
    load<u8>(c, 9320), load<u8>(c, 9487), load<u8>(c, 9789), load<u8>(c, 10099),
  );
  const m40 = at8(
    load<u8>(c, 10290), load<u8>(c, 10616), load<u8>(c, 10823), load<u8>(c, 11038),
    load<u8>(c, 11388), load<u8>(c, 11619), load<u8>(c, 11858), load<u8>(c, 12105),
  );
  const m48 = at8(
    load<u8>(c, 12360), load<u8>(c, 12623), load<u8>(c, 12894), load<u8>(c, 13173),
    load<u8>(c, 13333), load<u8>(c, 13628), load<u8>(c, 13931), load<u8>(c, 14115),
  );
  const m56 = at8(
    load<u8>(c, 14434), load<u8>(c, 14634), load<u8>(c, 14969), load<u8>(c, 15185),
    load<u8>(c, 15409), load<u8>(c, 15641), load<u8>(c, 15881), load<u8>(c, 16129),
  );
  return m0 | (m8 << 8) | (m16 << 16) | (m24 << 24) |
    (m32 << 32) | (m40 << 40) | (m48 << 48) | (m56 << 56);
}

/** The flags for a group with an odd number, that of m = 0 in the lowest bit. */
// @ts-ignore: decorator
@inline
export function oddFlags(c: usize): u64 {
  const m0 = at8(
    load<u8>(c, 1), load<u8>(c, 265), load<u8>(c, 537), load<u8>(c, 817),
    load<u8>(c, 1105), load<u8>(c, 1401), load<u8>(c, 1578), load<u8>(c, 1890),
  );
  const m8 = at8(
    load<u8>(c, 2083), load<u8>(c, 2411), load<u8>(c, 2620), load<u8>(c, 2837),
    load<u8>(c, 3189), load<u8>(c, 3422), load<u8>(c, 3663), load<u8>(c, 3912),
  );
  const m16 = at8(
    load<u8>(c, 4169), load<u8>(c, 4434), load<u8>(c, 4707), load<u8>(c, 4988),
    load<u8>(c, 5150), load<u8>(c, 5447), load<u8>(c, 5752), load<u8>(c, 5938),
  );
  const m24 = at8(
    load<u8>(c, 6259), load<u8>(c, 6461), load<u8>(c, 6671), load<u8>(c, 7016),
    load<u8>(c, 7242), load<u8>(c, 7476), load<u8>(c, 7718), load<u8>(c, 7968),
  );
  const m32 = at8(
    load<u8>(c, 8226), load<u8>(c, 8492), load<u8>(c, 8766), load<u8>(c, 9048),
    load<u8>(c, 9338), load<u8>(c, 9509), load<u8>(c, 9815), load<u8>(c, 10002),
  );
  const m40 = at8(
    load<u8>(c, 10324), load<u8>(c, 10527), load<u8>(c, 10865), load<u8>(c, 11084),
    load<u8>(c, 11311), load<u8>(c, 11546), load<u8>(c, 11789), load<u8>(c, 12040),
  );
  const m48 = at8(
    load<u8>(c, 12299), load<u8>(c, 12566), load<u8>(c, 12841), load<u8>(c, 13124),
    load<u8>(c, 13415), load<u8>(c, 13587), load<u8>(c, 13894), load<u8>(c, 14082),
  );
  const m56 = at8(
    load<u8>(c, 14405), load<u8>(c, 14609), load<u8>(c, 14948), load<u8>(c, 15168),
    load<u8>(c, 15396), load<u8>(c, 15632), load<u8>(c, 15876), load<u8>(c, 16128),
  );
  return m0 | (m8 << 8) | (m16 << 16) | (m24 << 24) |
    (m32 << 32) | (m40 << 40) | (m48 << 48) | (m56 << 56);
}
