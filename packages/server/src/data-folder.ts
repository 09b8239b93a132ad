import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

/** Where everything of one installation lies. Only the parts named here are made in the folder. */
export interface DataFolder {
  readonly root: string;
  readonly corpus: string;
  /** Reports of loads and their failures. */
  readonly loads: string;
  /** Uploads on their way into the corpus. */
  readonly uploads: string;
  /** Drawings and page images by the hash of their bytes. */
  readonly files: string;
  readonly inbox: string;
  /** The generated city, when its patents were loaded. */
  readonly city: string;
  readonly token: string;
  /** Attachments of the work, by organization and hash. */
  readonly papers: string;
  /** What sign-in and hidden values hang on. */
  readonly secret: string;
  /** The key that records of searches are signed with. */
  readonly recordKey: string;
  readonly config: string;
  /** The operator's own names of countries and regions, in place of the shipped ones. */
  readonly regions: string;
  /** Loaded classification schemes. */
  readonly schemes: string;
  /** Loaded lists of legal-event codes. */
  readonly eventCodes: string;
  /** Tables of districts (`*.csv`) that addresses are read with beside the shipped places. */
  readonly districts: string;
  /** The state of the corpus that status, families and citation counts were derived from. */
  readonly register: string;
  /** What the register knows of every document; made anew when it is missing. */
  readonly registerTables: string;
  /** Address of the running server, while one runs. */
  readonly server: string;
}

export function dataFolder(root: string): DataFolder {
  const at = (...names: string[]) => join(resolve(root), ...names);
  return {
    root: resolve(root),
    corpus: at('corpus'),
    loads: at('loads'),
    uploads: at('uploads'),
    files: at('files'),
    inbox: at('inbox'),
    city: at('demo', 'city.json'),
    token: at('token'),
    papers: at('papers'),
    secret: at('secret'),
    recordKey: at('record-key.pem'),
    config: at('config.toml'),
    regions: at('regions.json'),
    schemes: at('schemes'),
    eventCodes: at('event-codes'),
    districts: at('districts'),
    register: at('register.json'),
    registerTables: at('register.tables'),
    server: at('server.json'),
  };
}

/** The inbox's name as shown to people: the API never tells a full path. */
export const inboxName = (folder: DataFolder): string => join(basename(folder.root), basename(folder.inbox));

/** Reads the token that programs of the same owner show to the server, making it at the first start (mode 0600). */
export async function readToken(folder: DataFolder): Promise<string> {
  const known = await readFile(folder.token, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (known.trim()) {
    await chmod(folder.token, 0o600);
    return known.trim();
  }
  await mkdir(folder.root, { recursive: true });
  const token = randomBytes(32).toString('base64url');
  await writeFile(folder.token, `${token}\n`, { mode: 0o600 });
  return token;
}

/** The address of a running server as it wrote it down. */
export interface ServerAddress {
  readonly url: string;
  readonly pid: number;
}
