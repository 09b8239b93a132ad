interface NewSession {
  heldOn: string;
  minutes: number;
  title: string;
}

/** Reads sessions as people write them, one a line: day, minutes, title. What does not fit is left to the server to refuse. */
export function readSessions(text: string): NewSession[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [heldOn = '', minutes = '', ...title] = line.split(/\s+/);
      return { heldOn, minutes: Number(minutes), title: title.join(' ') };
    });
}
