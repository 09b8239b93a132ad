import { seededRandom } from './measure.js';

const WORDS =
  `a the of and to in is for with on by an at from that which may be as or comprising according configured first second
  third plurality portion surface layer substrate electrode cell anode cathode housing member assembly signal circuit
  processor memory device method apparatus system sensor temperature pressure voltage current frequency optical lens
  polymer compound solution mixture coating film fiber valve pump chamber inlet outlet rotor stator shaft bearing gear
  battery module controller interface network node packet server client storage database query image pixel display
  semiconductor transistor gate drain source oxide nitride silicon carbon lithium alloy catalyst reaction enzyme protein
  antibody sequence cell culture tissue patient treatment dose tablet vehicle wheel engine brake steering antenna`.split(
    /\s+/,
  );

interface Dice {
  whole(from: number, to: number): number;
  pick(list: readonly string[]): string;
}

function dice(seed: number): Dice {
  const random = seededRandom(seed);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return { whole, pick: (list) => list[whole(0, list.length - 1)] ?? '' };
}

function words(d: Dice, count: number): string {
  return Array.from({ length: count }, () => d.pick(WORDS)).join(' ');
}

/** A sentence with as many tags and references as office texts have: about one in fifteen words. */
function sentence(d: Dice): string {
  const markup = [
    `see <figref idref="DRAWINGS">FIG. <b>${d.whole(1, 9)}</b></figref>`,
    `<b>${d.whole(10, 99)}</b>`,
    `Li<sub>${d.whole(2, 9)}</sub>O`,
    `10<sup>${d.whole(2, 9)}</sup>`,
    `${d.whole(1, 99)}&#xb0; C.`,
    '&#x201c;<i>in situ</i>&#x201d;',
    'R&amp;D',
  ];
  const parts = Array.from({ length: d.whole(1, 3) }, () => `${words(d, d.whole(6, 14))} ${d.pick(markup)}`);
  return `The ${parts.join(', ')}.`;
}

function lines(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('\n');
}

function cpc(d: Dice): string {
  const part = (name: string, value: string): string => `<${name}>${value}</${name}>\n`;
  return `<classification-cpc>\n<cpc-version-indicator><date>20130101</date></cpc-version-indicator>\n${part('section', d.pick(['A', 'B', 'C', 'G', 'H']))}${part('class', '01')}${part('subclass', d.pick(['B', 'G', 'L', 'M']))}${part('main-group', String(d.whole(1, 99)))}${part('subgroup', String(d.whole(10, 99)))}${part('symbol-position', 'L')}${part('classification-value', 'I')}${part('classification-status', 'B')}${part('classification-data-source', 'H')}</classification-cpc>`;
}

function citation(d: Dice, index: number): string {
  const number = d.whole(4_000_000, 9_000_000);
  return `<us-citation>\n<patcit num="${String(index + 1).padStart(5, '0')}">\n<document-id>\n<country>US</country>\n<doc-number>${number}</doc-number>\n<kind>B2</kind>\n<name>${d.pick(WORDS)}</name>\n<date>20${d.whole(10, 19)}0${d.whole(1, 9)}00</date>\n</document-id>\n</patcit>\n<category>cited by applicant</category>\n</us-citation>`;
}

function inventor(d: Dice, index: number): string {
  return `<inventor sequence="${index}" designation="us-only">\n<addressbook>\n<last-name>${d.pick(WORDS)}</last-name>\n<first-name>${d.pick(WORDS)}</first-name>\n<address>\n<city>${d.pick(WORDS)}</city>\n<state>CA</state>\n<country>US</country>\n</address>\n</addressbook>\n</inventor>`;
}

function claim(d: Dice, index: number): string {
  const id = String(index + 1).padStart(5, '0');
  const opening =
    index === 0
      ? `1. A ${words(d, 4)}, comprising:`
      : `${index + 1}. The ${words(d, 2)} of <claim-ref idref="CLM-00001">claim 1</claim-ref>, wherein`;
  return `<claim id="CLM-${id}" num="${id}">\n<claim-text>${opening}\n<claim-text>${sentence(d)}</claim-text>\n</claim-text>\n</claim>`;
}

function grant(seed: number, index: number): string {
  const d = dice(seed * 1_000_003 + index);
  const number = 10_000_000 + index;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v45-2014-04-03.dtd" [ ]>
<us-patent-grant lang="EN" dtd-version="v4.5 2014-04-03" id="us-patent-grant" country="US" date-produced="20200107" date-publ="20200121">
<us-bibliographic-data-grant>
<publication-reference>\n<document-id>\n<country>US</country>\n<doc-number>${number}</doc-number>\n<kind>B2</kind>\n<date>20200121</date>\n</document-id>\n</publication-reference>
<application-reference appl-type="utility">\n<document-id>\n<country>US</country>\n<doc-number>${16_000_000 + index}</doc-number>\n<date>20180605</date>\n</document-id>\n</application-reference>
<classifications-cpc>\n<main-cpc>\n${cpc(d)}\n</main-cpc>\n<further-cpc>\n${lines(d.whole(1, 8), () => cpc(d))}\n</further-cpc>\n</classifications-cpc>
<invention-title id="d2e43">${words(d, d.whole(3, 9))}</invention-title>
<us-references-cited>\n${lines(d.whole(3, 40), (at) => citation(d, at))}\n</us-references-cited>
<us-parties>\n<inventors>\n${lines(d.whole(1, 4), (at) => inventor(d, at))}\n</inventors>\n</us-parties>
</us-bibliographic-data-grant>
<abstract id="abstract">\n<p id="p-0001" num="0000">${sentence(d)} ${sentence(d)}</p>\n</abstract>
<description id="description">
${lines(d.whole(20, 80), (at) => `<p id="p-${at}" num="${String(at + 1).padStart(4, '0')}">${Array.from({ length: d.whole(2, 6) }, () => sentence(d)).join(' ')}</p>`)}
</description>
<claims id="claims">\n${lines(d.whole(5, 20), (at) => claim(d, at))}\n</claims>
</us-patent-grant>
`;
}

/** Made-up US grants in the Red Book's shape, the same for a seed on every machine. */
export function* generateGrants(options: { readonly seed: number; readonly docs: number }): Generator<string> {
  for (let index = 0; index < options.docs; index += 1) yield grant(options.seed, index);
}
