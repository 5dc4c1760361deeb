/** What a command needs of the terminal. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Resolves when the user wants it to end. */
  interrupted(): Promise<void>;
}

export const processTerminal: Terminal = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  interrupted: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    }),
};
