/** Conversions of pictures at one time; each has a thread and memory of its own. */
const AT_ONCE = 2;
const waiting: (() => void)[] = [];
let free = AT_ONCE;

/** Converts a picture when it is its turn: one queue for all who ask, since they share one machine. */
export async function convertInTurn<Result>(convert: () => Promise<Result>): Promise<Result> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await convert();
  } finally {
    // A turn goes straight to the next, so that nobody comes between.
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}
