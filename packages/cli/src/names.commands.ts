import { type Command, Option } from 'commander';
import { dataOption, jsonOption, wholeNumber } from './options.js';

/** `quanlian names …`. */
export function addNamesCommands(program: Command): void {
  const names = program.command('names').description('names of owners: what may be one, merges, who is below whom');
  const reasonOption = () => new Option('--reason <text>', 'why').makeOptionMandatory();
  const byOption = () =>
    new Option('--by <email>', 'whose judgement it is; the owner of the data folder when left out');
  const placeOption = () =>
    new Option('--organization <id>', 'whose view it is; the one organization at the top when left out');
  names
    .command('propose')
    .description('names that may be one owner, with what speaks for it; nothing is merged by itself')
    .argument('[words]', 'what one of the names must contain')
    .option('--limit <n>', 'how many', wholeNumber(1, 500), 50)
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (words: string | undefined, options) =>
      (await import('./commands/names.js')).proposeCommand(words, options),
    );
  names
    .command('list')
    .description('every merge with author and reason, those undone too')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/names.js')).listCommand(options));
  names
    .command('merge')
    .description('take names for one in the merged view; the first is what it shows')
    .argument('<name...>')
    .addOption(reasonOption())
    .addOption(byOption())
    .addOption(placeOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (list: string[], options) => (await import('./commands/names.js')).mergeCommand(list, options));
  names
    .command('undo')
    .description('take a merge back; every answer is as before')
    .argument('<id>')
    .addOption(reasonOption())
    .addOption(byOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (id: string, options) => (await import('./commands/names.js')).undoCommand(id, options));
  names
    .command('tree')
    .description('who is below whom, from when to when, and who says so')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/names.js')).treeCommand(options));
  names
    .command('import')
    .description('import who is below whom from a CSV or XLSX file (columns parent, child, from, to, source)')
    .argument('<file>')
    .addOption(placeOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string, options) => (await import('./commands/names.js')).importCommand(file, options));
}
