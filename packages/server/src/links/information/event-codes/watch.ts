import type { EventCodes } from './event-code.store.js';

const EVERY_MS = 5000;

/** Looks whether another program changed the list of codes, and tells so; a look is one question to the file system. */
export function watchEventCodes(
  eventCodes: Pick<EventCodes, 'reload'>,
  onChange: () => void,
  onError: (error: unknown) => void,
  everyMs = EVERY_MS,
): { stop(): void } {
  const look = () =>
    eventCodes.reload().then((changed) => {
      if (changed) onChange();
    }, onError);
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
