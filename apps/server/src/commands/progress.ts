/** Draws how far something is, where somebody looks; `end` leaves the line to what follows. */
export function createProgress(out: NodeJS.WriteStream = process.stdout) {
  return {
    show(label: string, done: number, total: number): void {
      if (!out.isTTY) return
      const bar = '█'.repeat(Math.round((40 * Math.min(done, total)) / Math.max(total, 1)))
      out.write(`\r${bar.padEnd(40, '░')} ${done} of ${total} ${label}\u001b[K`)
    },
    end(): void {
      if (out.isTTY) out.write('\r\u001b[K')
    },
  }
}
