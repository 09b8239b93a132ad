import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { QuanlianError, type RegionList, RegionListSchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problems } from '../http/answers.js';

/** The names that ship with the program lie at the root, at the same depth from the sources and the build. */
const SHIPPED = fileURLToPath(new URL('../../../../rules/names/st3.json', import.meta.url));

const readIfThere = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/**
 * The names of countries, regions and organizations: the operator's own file when the data folder has one, else the
 * one that ships. Throws `config.invalid` for a file that does not fit.
 */
export async function readRegions(ownFile: string): Promise<RegionList> {
  const own = await readIfThere(ownFile);
  try {
    const list = RegionListSchema.parse(JSON.parse(own ?? (await readFile(SHIPPED, 'utf8'))));
    const codes = list.regions.map(({ code }) => code);
    const twice = codes.find((code, index) => codes.indexOf(code) !== index);
    if (twice) throw new Error(`${twice} is named twice`);
    return list;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new QuanlianError('config.invalid', `${own ? ownFile : SHIPPED} cannot be used: ${reason}`, { cause: error });
  }
}

/** Names for the pages; anybody may read them. */
export function regionRoutes(ownFile: string): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/regions',
      {
        schema: {
          tags: ['identity'],
          summary: 'Names of countries, regions and organizations by their WIPO ST.3 code',
          response: { 200: RegionListSchema, ...problems('config.invalid') },
        },
      },
      () => readRegions(ownFile),
    );
  };
}
