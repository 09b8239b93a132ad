/**
 * Calls back at the first Ctrl-C or request to end; at the second the process ends at once, which loses nothing
 * that was committed. The answer takes the callback away again.
 */
export function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const listener = () => {
    if (asked) process.exit(130);
    asked = true;
    stop();
  };
  process.on('SIGINT', listener).on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener).off('SIGTERM', listener);
  };
}
