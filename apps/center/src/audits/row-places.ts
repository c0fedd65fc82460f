const ID_BYTES = 16;
const NOWHERE = -1;

/**
 * A place, 0 and up, for each row by its id: a UUID made at random. A Map of strings would take some ten times the
 * memory, which a million rows make felt.
 */
export class RowPlaces {
  size = 0;
  private ids = Buffer.alloc(1024 * ID_BYTES);
  /** By what an id begins with, and then on: where it was put. At most half of it is taken. */
  private slots = new Int32Array(2048).fill(NOWHERE);
  private readonly sought = Buffer.alloc(ID_BYTES);

  /** The place of a row; a new one the first time. */
  placeOf(id: string): number {
    this.sought.write(id.replaceAll('-', ''), 'hex');
    const slot = this.slotOf(this.sought);
    const known = this.slots[slot]!;
    if (known !== NOWHERE) return known;
    const place = this.size++;
    if (this.ids.length < this.size * ID_BYTES)
      this.ids = Buffer.concat([this.ids, Buffer.alloc(this.ids.length)]);
    this.sought.copy(this.ids, place * ID_BYTES);
    this.slots[slot] = place;
    if (2 * this.size > this.slots.length) this.spread();
    return place;
  }

  /** The id of the row at a place. */
  idAt(place: number): string {
    const hex = this.bytesAt(place).toString('hex');
    return [8, 12, 16, 20, 32].map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end)).join('-');
  }

  private bytesAt(place: number): Buffer {
    return this.ids.subarray(place * ID_BYTES, (place + 1) * ID_BYTES);
  }

  /** Where an id is, or belongs. */
  private slotOf(id: Buffer): number {
    const mask = this.slots.length - 1;
    for (let slot = id.readUInt32BE(0) & mask; ; slot = (slot + 1) & mask) {
      const place = this.slots[slot]!;
      if (place === NOWHERE || this.bytesAt(place).equals(id)) return slot;
    }
  }

  private spread(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(NOWHERE);
    for (let place = 0; place < this.size; place++) this.slots[this.slotOf(this.bytesAt(place))] = place;
  }
}
