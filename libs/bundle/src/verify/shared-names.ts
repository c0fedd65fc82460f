/** Members of records that name something other records name, too. */
const NAMES = ['account', 'node', 'plot'] as const;

/**
 * Makes records share the texts of their names. Millions of records name the same people, nodes and plots, each in a
 * copy of its own; shared, they take less memory and are told apart at a glance.
 */
export class SharedNames {
  private readonly known = new Map<string, string>();

  share(record: object): void {
    const named = record as Record<string, unknown>;
    for (const member of NAMES) {
      const name = named[member];
      if (typeof name === 'string') named[member] = this.one(name);
    }
  }

  private one(name: string): string {
    const known = this.known.get(name);
    if (known === undefined) this.known.set(name, name);
    return known ?? name;
  }
}
