/**
 * How the C library of Linux hands memory out to a server (`docs/adr/0096-memory-goes-back.md`): blocks of 256 KiB and more go back to
 * the system when they are let go. What the environment says already stands.
 */
export const ALLOCATION =
  process.platform === 'linux' ? { MALLOC_MMAP_THRESHOLD_: process.env.MALLOC_MMAP_THRESHOLD_ ?? '262144' } : {};
