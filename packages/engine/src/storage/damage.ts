import { basename } from 'node:path';
import { QuanlianError } from '@quanlian/contract';

/** `corpus.corrupt` for one file of a corpus: what is damaged is named, so that the rest can go on serving. */
export class DamagedFile extends QuanlianError {
  /** The file's name within the corpus folder. */
  readonly file: string;

  constructor(path: string, why: string, cause?: unknown) {
    const sentence = `The corpus file ${path} is damaged: ${why}. Restore it from a backup or load again.`;
    super('corpus.corrupt', sentence, cause === undefined ? {} : { cause });
    this.file = basename(path);
  }
}
