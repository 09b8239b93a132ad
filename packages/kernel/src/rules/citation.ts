import { z } from 'zod';
import { CertaintySchema, type Words, WordsSchema } from './certainty.js';

/** The list of articles that rules and tables of events may cite. */
export const InstrumentsSchema = z.strictObject({
  about: WordsSchema,
  verifiedOn: z.string(),
  instruments: z.array(
    z.strictObject({
      name: z.string(),
      title: WordsSchema,
      edition: z.string(),
      certainty: CertaintySchema,
      articles: z.array(z.string()).min(1),
    }),
  ),
});
export type Instruments = z.infer<typeof InstrumentsSchema>;

/** `77-84` as it is; `35 and 37` as two. */
const numbers = (list: string): string[] => list.split(/,| and /).map((part) => part.trim());

function part(text: string, { instruments }: Instruments): Words {
  const [, name = '', kind = '', list = ''] =
    /^(.+?), (Arts?\.?|Rules?) (.+)$/.exec(text) ?? /^(.+?)( )(\S+)$/.exec(text) ?? [];
  const title = instruments.find((one) => one.name === name)?.title;
  if (title === undefined) return { zh: text, en: text };
  const zh = numbers(list).map((number) => `第${number}条`);
  const en = kind === ' ' ? `${name} § ${list}` : `${title.en}, ${kind} ${list}`;
  return { zh: `${title.zh}${zh.join('、')}`, en };
}

/** A citation such as `Patent Law, Art. 44; Implementing Rules, Rule 115` in words of both languages; unknown ones as they are. */
export function citationWords(citation: string, list: Instruments): Words {
  const parts = citation.split(';').map((text) => part(text.trim(), list));
  return { zh: parts.map(({ zh }) => zh).join(';'), en: parts.map(({ en }) => en).join('; ') };
}
