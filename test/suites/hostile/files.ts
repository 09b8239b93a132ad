import { gzipSync } from 'node:zlib';
import { overlappingZip, zip } from './zip.js';

/** What must come of a hostile file. */
interface Expected {
  readonly documents: number;
  /** Codes of the failures, in order. */
  readonly failures: readonly string[];
  /** Words the titles hold, in order. */
  readonly titles?: readonly string[];
  /** What the messages of failures say. */
  readonly says?: RegExp;
}

export interface HostileFile {
  readonly name: string;
  readonly content: Buffer;
  readonly expected: Expected;
}

/** Places outside that files try to reach: a file with a secret in it, and a server that counts who comes. */
export interface Outside {
  readonly secretFile: string;
  readonly url: string;
}

let number = 0;

/** A small grant; each has a number of its own. */
function grant(title: string, more = ''): string {
  number += 1;
  return `<us-patent-grant lang="EN" dtd-version="v4.5 2014-04-03" country="US"><us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>${String(9_000_000 + number)}</doc-number><kind>B2</kind><date>20180619</date></document-id></publication-reference><invention-title id="t">${title}</invention-title>${more}</us-bibliographic-data-grant></us-patent-grant>`;
}

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n';
const xml = (body: string, doctype = ''): Buffer => Buffer.from(`${PROLOGUE}${doctype}${body}\n`);
const taken = (...titles: string[]): Expected => ({ documents: titles.length, failures: [], titles });
const refused = (code: string, says?: RegExp): Expected => ({
  documents: 0,
  failures: [code],
  ...(says ? { says } : {}),
});

export const goodFile = (): Buffer => xml(grant('A good one'));

function entities({ secretFile, url }: Outside): HostileFile[] {
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  const doctype = (inner: string): string => `<!DOCTYPE us-patent-grant [${inner}]>`;
  const quadratic = doctype(`<!ENTITY a "${'x'.repeat(50_000)}">`);
  const system = '<!DOCTYPE us-patent-grant SYSTEM "http://example.invalid/us-patent-grant-v45.dtd" [ ]>\n';
  return [
    {
      name: 'billion_laughs.xml',
      content: xml(grant('&l9;'), doctype(`<!ENTITY l0 "ha">${laughs}`)),
      expected: refused('record.entity'),
    },
    {
      name: 'quadratic_blowup.xml',
      content: xml(grant('&a;'.repeat(50_000)), quadratic),
      expected: refused('record.entity'),
    },
    {
      name: 'xxe_file.xml',
      content: xml(grant('A &secret; B'), doctype(`<!ENTITY secret SYSTEM "file://${secretFile}">`)),
      expected: taken('A &secret; B'),
    },
    {
      name: 'xxe_http.xml',
      content: xml(grant('A &far; B'), doctype(`<!ENTITY far SYSTEM "${url}/entity">`)),
      expected: taken('A &far; B'),
    },
    {
      name: 'xxe_parameter.xml',
      content: xml(grant('A'), doctype(`<!ENTITY % far SYSTEM "${url}/parameter"> %far;`)),
      expected: taken('A'),
    },
    {
      name: 'xxe_doctype_system.xml',
      content: xml(grant('A'), system.replace('http://example.invalid', url)),
      expected: taken('A'),
    },
    {
      name: 'xinclude.xml',
      content: xml(
        grant('A', `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${secretFile}" parse="text"/>`),
      ),
      expected: taken('A'),
    },
    {
      name: 'xslt_pi.xml',
      content: xml(grant('A'), `<?xml-stylesheet type="text/xsl" href="${url}/style.xsl"?>`),
      expected: taken('A'),
    },
  ];
}

function shapes(): HostileFile[] {
  const deep = 100_000;
  const many = Array.from({ length: 200_000 }, (_, i) => `a${i}="1"`).join(' ');
  const huge = `<huge a="${'x'.repeat(30 * 1024 * 1024)}"/>`;
  return [
    {
      name: 'deep_nesting.xml',
      content: xml(grant('A', `${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}`)),
      expected: refused('record.too_deep'),
    },
    { name: 'many_attributes.xml', content: xml(grant('A', `<many ${many}/>`)), expected: refused('record.too_large') },
    { name: 'huge_attribute.xml', content: xml(grant('A', huge)), expected: refused('record.too_large') },
    {
      name: 'truncated.xml',
      content: xml(`${grant('A').slice(0, -60)}\n${PROLOGUE}${grant('B')}`),
      expected: { documents: 1, failures: ['record.malformed'], titles: ['B'], says: /line \d+/ },
    },
    { name: 'two_roots.xml', content: xml(`${grant('A')}${grant('B')}`), expected: taken('A', 'B') },
    {
      name: 'bulk_concatenated.xml',
      content: xml(`${grant('A')}\n${PROLOGUE}${grant('B')}`),
      expected: taken('A', 'B'),
    },
    {
      name: 'bulk_one_bad.xml',
      content: xml(
        `${grant('A')}\n${PROLOGUE}${grant('B').replace('</invention-title>', '')}\n${PROLOGUE}${grant('C')}`,
      ),
      expected: { documents: 2, failures: ['record.malformed'], titles: ['A', 'C'], says: /line \d+/ },
    },
    {
      name: 'ep_unescaped_lt.xml',
      content: xml(
        '<ep-patent-document id="EP1" lang="en" country="EP" doc-number="1000000" kind="A1" date-publ="20000101"><SDOBI lang="en"><B500><B540><B542>A</B542></B540></B500></SDOBI><description><p>if a < b then</p></description></ep-patent-document>',
      ),
      expected: refused('record.malformed', /line \d+, column \d+/),
    },
    { name: 'empty.xml', content: Buffer.alloc(0), expected: refused('load.unknown_format', /empty/) },
  ];
}

function encodings(): HostileFile[] {
  const text = (encoding: string, title: string): string =>
    `<?xml version="1.0" encoding="${encoding}"?>${grant(title)}`;
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text('UTF-16', 'Ünïcödé 试验'), 'utf16le')]);
  return [
    {
      name: 'invalid_utf8.xml',
      content: Buffer.from(text('UTF-8', 'Stra\xdfe'), 'latin1'),
      expected: refused('record.encoding', /byte \d+|offset \d+|\d+/),
    },
    { name: 'utf16_bom.xml', content: utf16, expected: taken('Ünïcödé 试验') },
    { name: 'utf7.xml', content: Buffer.from(text('UTF-7', '+ADw-b+AD4-')), expected: refused('record.encoding') },
    {
      name: 'latin1_declared.xml',
      content: Buffer.from(text('ISO-8859-1', 'Straße'), 'latin1'),
      expected: taken('Straße'),
    },
    { name: 'nul_bytes.xml', content: xml(grant('before\0after')), expected: refused('record.malformed') },
    { name: 'control_chars.xml', content: xml(grant('A&#1;B')), expected: refused('record.malformed') },
    { name: 'bidi_override.xml', content: xml(grant('A\u202egnp.exe')), expected: taken('A\u202egnp.exe') },
    {
      name: 'html_in_title.xml',
      content: xml(grant('&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;')),
      expected: taken('<script>alert(1)</script><img src=x onerror=alert(1)>'),
    },
    {
      name: 'svg_mathml.xml',
      content: xml(
        grant('A <math><mrow href="javascript:alert(1)"><mi>x</mi></mrow></math> <svg onload="alert(1)"/>B'),
      ),
      expected: taken('A'),
    },
  ];
}

function archives(): HostileFile[] {
  const good = { name: 'good.xml', data: xml(grant('Inside')) };
  const padded = (megabytes: number): Buffer =>
    Buffer.concat([xml(grant('Bomb')), Buffer.alloc(megabytes * 1024 * 1024, 0x20)]);
  let nested = zip([{ name: 'x.xml', data: padded(10) }]);
  for (let level = 0; level < 5; level += 1) {
    const inner = nested;
    nested = zip(Array.from({ length: 2 }, (_, i) => ({ name: `${i}.zip`, data: inner })));
  }
  const links = [{ name: 'passwd.xml', data: Buffer.from('/etc/passwd'), mode: 0o120777 }, good];
  const tiny = Array.from({ length: 3000 }, (_, i) => ({ name: `${i}.txt`, data: Buffer.from('x') }));
  return [
    {
      name: 'zip_slip.zip',
      content: zip([{ ...good, name: '../../slipped.xml' }, good]),
      expected: refused('load.archive_refused', /invalid relative path/),
    },
    {
      name: 'zip_ratio_1000.zip',
      content: zip([{ name: 'a.xml', data: padded(120) }]),
      expected: { documents: 1, failures: ['load.archive_refused'] },
    },
    { name: 'zip_many_files.zip', content: zip([...tiny, good]), expected: taken('Inside') },
    {
      name: 'zip_dup_names.zip',
      content: zip([good, { ...good, data: xml(grant('Second of the name')) }]),
      expected: { documents: 1, failures: ['load.archive_refused'], titles: ['Inside'] },
    },
    {
      name: 'zip_symlink.zip',
      content: zip(links),
      expected: { documents: 1, failures: ['load.archive_refused'], titles: ['Inside'] },
    },
    {
      name: 'zip_overlap.zip',
      content: overlappingZip(good, 1000),
      expected: refused('load.archive_refused', /overlap/),
    },
    {
      name: 'gzip_bomb.gz',
      content: gzipSync(padded(150), { level: 9 }),
      expected: { documents: 1, failures: ['load.archive_refused'] },
    },
    {
      name: 'zip_nested.zip',
      content: nested,
      expected: { documents: 0, failures: Array(16).fill('load.archive_refused') },
    },
    {
      name: 'polyglot.pdf.xml',
      content: Buffer.concat([Buffer.from('%PDF-1.4\n'), xml(grant('Two kinds at once'))]),
      expected: refused('load.unknown_format'),
    },
  ];
}

/** Every kind of hostile file, with what must come of it. */
export const hostileFiles = (outside: Outside): HostileFile[] => [
  ...entities(outside),
  ...shapes(),
  ...encodings(),
  ...archives(),
];
