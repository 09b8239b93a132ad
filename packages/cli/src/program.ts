import {
  CONCORDANCES,
  FACETS,
  type FacetName,
  SCHEMES,
  SORTS,
  type Sort,
  SYNTAXES,
  type Syntax,
  TABLED,
  type TabledName,
} from '@quanlian/contract';
import { Argument, Command, CommanderError, Option } from 'commander';
import { reportFailure } from './failure.js';
import { addNamesCommands } from './names.commands.js';
import { dataOption, jsonOption, wholeNumber } from './options.js';
import { quietOnClosedPipe } from './output.js';
import { VERSION } from './version.js';

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

const BENCHES = ['parse', 'engine', 'http', 'register'] as const;

function addServerCommands(program: Command): void {
  program
    .command('up')
    .description('start the server; an empty data folder gets the demo city')
    .addOption(dataOption())
    .option('--port <n>', 'the port', wholeNumber(0, 65_535), 8080)
    .option('--host <host>', 'the address to serve; other than loopback only where sign-in is required', '127.0.0.1')
    .option('--no-demo', 'leave an empty data folder empty')
    .option('--load <path...>', 'load files or folders once the server runs', [])
    .action(async (options) => (await import('./commands/up.js')).upCommand(options));

  program
    .command('load')
    .description('load office files, folders or archives; “-” reads standard input')
    .argument('<path...>')
    .addOption(dataOption())
    .option('--format <name>', 'the format, when it is not to be recognized', 'auto')
    .option('--mapping <file>', 'what the columns of a table mean: a file, or a mapping of the program by name')
    .addOption(jsonOption())
    .action(async (paths: string[], options) => (await import('./commands/load.js')).loadCommand(paths, options));

  program
    .command('inbox')
    .description('what waits in the inbox, missing weeks, and files with failed records')
    .option('--retry [names...]', 'read files with failed records again: these, or all of them')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/inbox.js')).inboxCommand(options));

  program
    .command('parse')
    .description('print the documents of office files as JSON Lines; “-” reads standard input')
    .argument('<path...>')
    .addOption(dataOption())
    .option('--format <name>', 'the format, when it is not to be recognized', 'auto')
    .option('--mapping <file>', 'what the columns of a table mean: a file, or a mapping of the program by name')
    .addOption(jsonOption())
    .action(async (paths: string[], options) => (await import('./commands/parse.js')).parseCommand(paths, options));
}

function addReadingCommands(program: Command): void {
  program
    .command('show')
    .description('one document by its number')
    .argument('<id>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (id: string, options) => (await import('./commands/show.js')).showCommand(id, options));

  program
    .command('search')
    .description('search the corpus')
    .argument('<query>')
    .addOption(dataOption())
    .addOption(new Option('--syntax <name>', 'the query language').choices(SYNTAXES).default('simple' satisfies Syntax))
    .option('--limit <n>', 'hits to show', wholeNumber(0, 10_000), 10)
    .option('--offset <n>', 'hits to skip', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option('--cursor <cursor>', 'go on where an earlier answer ended')
    .addOption(new Option('--sort <order>', 'the order').choices(SORTS).default('relevance' satisfies Sort))
    .addOption(
      new Option('--facet <name...>', 'count values over all hits')
        .choices([...FACETS, ...TABLED])
        .default([] as (FacetName | TabledName)[]),
    )
    .option('--filter <name:value>', 'keep documents with this facet value; repeatable', collect, [])
    .option('--explain', 'also say what each clause finds and what empties the result', false)
    .option('--set <S1=query>', 'a set that the query may combine (“S1 AND S2”); repeatable', collect, [])
    .option('--record <file>', 'write the signed record of this search')
    .addOption(jsonOption())
    .action(async (query: string, options) => (await import('./commands/search.js')).searchCommand(query, options));

  program
    .command('export')
    .description('every hit of a query as a file; JSON Lines load back as they are')
    .argument('[query]', 'the query; everything when it is left out', '')
    .addOption(dataOption())
    .addOption(new Option('--syntax <name>', 'the query language').choices(SYNTAXES).default('simple' satisfies Syntax))
    .addOption(new Option('--sort <order>', 'the order').choices(SORTS).default('newest' satisfies Sort))
    .addOption(
      new Option('--format <name>', 'the kind of file').choices(['jsonl', 'csv', 'xlsx', 'parquet']).default('jsonl'),
    )
    .addOption(new Option('--lang <lang>', 'the language of headings').choices(['en', 'zh']).default('en'))
    .option('--filter <name:value>', 'keep documents with this facet value; repeatable', collect, [])
    .option('--output <file>', 'the file to write; standard output when it is left out')
    .action(async (query: string, options) => (await import('./commands/export.js')).exportCommand(query, options));

  program
    .command('replay')
    .description('check the record of a search and say what it finds differently now')
    .argument('<file>')
    .option('--key <file>', 'the public key of another installation to trust; repeatable', collect, [])
    .option('--pdf <file>', 'write the report as PDF too')
    .addOption(new Option('--lang <lang>', 'the language of the PDF').choices(['zh', 'en']).default('en'))
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string, options) => (await import('./commands/replay.js')).replayCommand(file, options));

  program
    .command('stats')
    .description('counts by office, kind, year and field')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/corpus.js')).statsCommand(options));

  program
    .command('check')
    .description('compare every file of the corpus with its checksum')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/corpus.js')).checkCommand(options));
}

function addRegisterCommands(program: Command): void {
  program
    .command('legal')
    .description('where a right stands, since when and why; on any day')
    .argument('<number>')
    .addOption(new Option('--on <date>', 'the day asked for (YYYY-MM-DD); today when left out'))
    .addOption(
      new Option('--lang <lang>', 'the language of meanings and provisions').choices(['zh', 'en']).default('en'),
    )
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (number: string, options) => (await import('./commands/legal.js')).legalCommand(number, options));
  program
    .command('family')
    .description('the simple and the extended family of a publication, with what ties each member')
    .argument('<number>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (number: string, options) => (await import('./commands/family.js')).familyCommand(number, options));
  program
    .command('citations')
    .description('what a publication cites and what cites it, by family, category and phase')
    .argument('<number>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (number: string, options) =>
      (await import('./commands/citations.js')).citationsCommand(number, options),
    );
}

function addLookupCommands(program: Command): void {
  program
    .command('number')
    .description('read patent numbers; one JSON line each')
    .argument('[text...]', 'numbers; without any, the lines of standard input')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (texts: string[]) => (await import('./commands/lookup.js')).numberCommand(texts));

  program
    .command('class')
    .description('read classification symbols; one JSON line each')
    .argument('[text...]', 'symbols; without any, the lines of standard input')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (texts: string[]) => (await import('./commands/lookup.js')).classCommand(texts));

  program
    .command('query')
    .description('read queries into their tree; one JSON line each')
    .argument('[text...]', 'queries; without any, the lines of standard input')
    .addOption(new Option('--syntax <name>', 'the query language').choices(SYNTAXES).default('simple' satisfies Syntax))
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (texts: string[], options) => (await import('./commands/lookup.js')).queryCommand(texts, options));

  program
    .command('bench')
    .description('measure on a generated corpus; the table shows the spread')
    .addArgument(new Argument('[what]', 'what to measure; all of them when it is left out').choices(BENCHES))
    .option('--docs <n>', 'documents', wholeNumber(1, 10_000_000), 10_000)
    .option('--files <folder>', 'office files for parse; else those of QUANLIAN_REAL_DATA, else generated ones')
    .option('--data <dir>', 'a data folder for http to serve; else a generated corpus')
    .option('--seconds <n>', 'how long the clients of http ask', wholeNumber(1, 3600))
    .option('--seed <n>', 'the seed of documents and queries', wholeNumber(0, 2 ** 31 - 1), 1)
    .addOption(jsonOption())
    .action(async (what: (typeof BENCHES)[number] | undefined, options) =>
      (await import('./bench/bench.command.js')).benchCommand(what, options),
    );
}

function addSchemeCommands(program: Command): void {
  const scheme = program.command('scheme').description('classification schemes: which classes are below which');
  scheme
    .command('load')
    .description('load the lists of a scheme (title lists, tables with headings, XML; packed or not)')
    .argument('<path...>')
    .addOption(new Option('--scheme <name>', 'the scheme').choices(SCHEMES).makeOptionMandatory())
    .requiredOption('--edition <name>', 'the name of the version, such as 2026.01')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (paths: string[], options) =>
      (await import('./commands/scheme.js')).loadSchemeCommand(paths, options),
    );
  scheme
    .command('list')
    .description('the versions that are loaded')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/scheme.js')).listSchemesCommand(options));
  scheme
    .command('use')
    .description('make a loaded version the one that “and below” follows')
    .addArgument(new Argument('<scheme>').choices(SCHEMES))
    .argument('<version>')
    .addOption(dataOption())
    .action(async (name, version, options) =>
      (await import('./commands/scheme.js')).useSchemeCommand(name, version, options),
    );
}

function addConcordanceCommands(program: Command): void {
  const tables = program
    .command('concordance')
    .description('tables from classes to fields of technology, industries and the IPC');
  tables
    .command('load')
    .description('load a table as its office gives it (XLSX, DOCX, CSV, TSV); editions stand side by side')
    .argument('<file>')
    .addOption(new Option('--name <name>', 'the table').choices(CONCORDANCES).makeOptionMandatory())
    .requiredOption('--edition <name>', 'the name of the edition, such as 2026.01')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string, options) =>
      (await import('./commands/concordance.js')).loadConcordanceCommand(file, options),
    );
  tables
    .command('list')
    .description('the editions that are there')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/concordance.js')).listConcordancesCommand(options));
  tables
    .command('use')
    .description('make an edition the one that searches follow')
    .addArgument(new Argument('<name>').choices(CONCORDANCES))
    .argument('<edition>')
    .addOption(dataOption())
    .action(async (name, edition, options) =>
      (await import('./commands/concordance.js')).useConcordanceCommand(name, edition, options),
    );
}

function addCoverageCommands(program: Command): void {
  program
    .command('coverage')
    .description('what the corpus holds by office, kind and year, and its gaps; the authority file of an office')
    .option(
      '--numbers <office-kind>',
      'the numbers of a kind of an office as series with what is missing, such as CN-A',
    )
    .option('--authority-file <office>', 'write the publications of an office as WIPO ST.37 asks')
    .addOption(new Option('--form <form>', 'of the authority file').choices(['xml', 'txt']).default('xml'))
    .option('--gaps', 'in the authority file also the numbers of which nothing is held, with the code U', false)
    .option('--export <file>', 'write the counts to a file, CSV or XLSX by its name')
    .addOption(
      new Option('--table <table>', 'which counts to export')
        .choices(['rows', 'kinds', 'fields', 'gaps'])
        .default('rows'),
    )
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/coverage.js')).coverageCommand(options));
  program
    .command('suggest-classes')
    .description('classes for a text (a file, or standard input) with what speaks for each')
    .argument('[file]')
    .option('--limit <n>', 'how many classes', wholeNumber(1, 50), 5)
    .option(
      '--check <n>',
      'instead hold that many documents of the corpus out one by one and tell how often it is right',
      wholeNumber(1, 100_000),
    )
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, options) =>
      (await import('./commands/suggest-classes.js')).suggestClassesCommand(file, options),
    );
}

function addEventCommands(program: Command): void {
  const events = program.command('events').description('lists of legal-event codes: what an office’s code stands for');
  events
    .command('load')
    .description('load the EPO’s list of INPADOC legal-event codes (XLSX, or the table as TSV or CSV)')
    .argument('<file>')
    .option('--edition <name>', 'the name of the edition, such as 2024.17; where the name of the file does not tell it')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string, options) => (await import('./commands/events.js')).loadEventsCommand(file, options));
  events
    .command('list')
    .description('the editions that are loaded')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/events.js')).listEventsCommand(options));
  events
    .command('show')
    .description('what codes of an office stand for; all of them when none is named')
    .argument('<office>')
    .argument('[code...]')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (office: string, codes: string[], options) =>
      (await import('./commands/events.js')).showEventsCommand(office, codes, options),
    );
  events
    .command('reach')
    .description('how many events and codes have a known meaning, and which have none: of files, or of what is loaded')
    .argument('[file...]')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (files: string[], options) =>
      (await import('./commands/events-reach.js')).reachCommand(files, options),
    );
  events
    .command('use')
    .description('make a loaded edition the one that names events')
    .argument('<edition>')
    .addOption(dataOption())
    .action(async (edition: string, options) =>
      (await import('./commands/events.js')).useEventsCommand(edition, options),
    );
}

function addAccountCommands(program: Command): void {
  const account = program.command('account').description('people who can sign in, for the owner of the data folder');
  account
    .command('add')
    .description('make an account; its password is printed once')
    .argument('<email>')
    .requiredOption('--name <name>', 'the person’s name')
    .option('--role <role>', 'the role', 'platform-admin')
    .option('--organization <id>', 'the organization’s id or code; the one at the top when left out')
    .option('--city <name>', 'make the city’s office under this name when there is no organization yet')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (email: string, options) => (await import('./commands/account.js')).addCommand(email, options));
  account
    .command('reset')
    .description('give somebody a new password and end all sessions')
    .argument('<email>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (email: string, options) => (await import('./commands/account.js')).resetCommand(email, options));
  account
    .command('disable-demo')
    .description('take the accounts of the demo city out of use')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/account.js')).disableDemoCommand(options));
}

const collected = (text: string, before: readonly string[]): string[] => [...before, text];

function addOpsClientCommands(program: Command): void {
  const client = program.command('ops-client').description('programs that speak OPS, the EPO’s Open Patent Services');
  client
    .command('issue')
    .description('make a client id; its secret is printed once')
    .requiredOption('--name <name>', 'what the program is called')
    .option('--hour-megabytes <n>', 'quota of answers in any hour', Number)
    .option('--week-megabytes <n>', 'quota of answers in a week', Number)
    .option('--per-minute <service=n>', 'requests a minute: images, inpadoc, other, retrieval, search', collected, [])
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/ops-client.js')).issueCommand(options));
  client
    .command('list')
    .description('all clients, the newest first')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/ops-client.js')).listCommand(options));
  client
    .command('revoke')
    .description('take a client’s right to ask away')
    .argument('<key>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (key: string, options) => (await import('./commands/ops-client.js')).revokeCommand(key, options));
}

function addSafetyCommands(program: Command): void {
  const verify = program.command('verify').description('check evidence');
  verify
    .command('audit')
    .description('check the audit log against itself and its seals')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options) => (await import('./commands/verify.js')).verifyAuditCommand(options));
  program
    .command('backup')
    .description('write the corpus, the work and its papers into one archive')
    .argument('<file>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string, options) => (await import('./commands/backup.js')).backupCommand(file, options));
  program
    .command('restore')
    .description('put an archive back into an empty data folder')
    .argument('<file>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string, options) => (await import('./commands/restore.js')).restoreCommand(file, options));
}

function createProgram(): Command {
  const program = new Command('quanlian')
    .description('Quanlian 全链: a city’s whole intellectual-property chain on one register of real patent data')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('Run “quanlian --help” or “quanlian COMMAND --help” for what is accepted.');
  addServerCommands(program);
  addReadingCommands(program);
  addRegisterCommands(program);
  addLookupCommands(program);
  addSchemeCommands(program);
  addConcordanceCommands(program);
  addCoverageCommands(program);
  addEventCommands(program);
  addNamesCommands(program);
  addAccountCommands(program);
  addOpsClientCommands(program);
  addSafetyCommands(program);
  return program;
}

/** Runs a command line and gives its exit code: 0 success, 1 refused with a sentence, 2 wrong usage. */
export async function run(args: readonly string[]): Promise<number> {
  quietOnClosedPipe();
  const program = createProgram();
  if (args.length === 0) {
    program.outputHelp({ error: true });
    return 2;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Help and version end the same way as mistakes do, with 0 as their code.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportFailure(error, args);
  }
}
