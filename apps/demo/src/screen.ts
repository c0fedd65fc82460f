/** What the person in front of the terminal sees: a line a step, each with the time since the start. */
export class Screen {
  private readonly startedAt = Number(process.env.CROFT_STARTED_AT) || Date.now();
  private readonly colour = Boolean(process.stdout.isTTY);

  seconds(): number {
    return (Date.now() - this.startedAt) / 1000;
  }

  step(text: string) {
    const time = `[${this.seconds().toFixed(1).padStart(5)} s]`;
    console.log(this.colour ? `\x1b[2m${time}\x1b[0m ${text}` : `${time} ${text}`);
  }

  note(text: string) {
    console.log(`          ${text}`);
  }
}
