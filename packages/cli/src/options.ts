import { InvalidArgumentError, Option } from 'commander';

/** A whole number within bounds; wrong usage otherwise. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };

export const dataOption = () => new Option('--data <dir>', 'the data folder').env('QUANLIAN_DATA').default('./data');

export const jsonOption = () => new Option('--json', 'print JSON').default(false);
