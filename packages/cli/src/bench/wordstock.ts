import { itemAt, seededRandom } from './measure.js';

/** Words that hold English sentences together, about as often as patents use them: the first third of all text. */
const FUNCTION_WORDS =
  'the of a and to in is for said by with an or wherein be as at that from on first second are which one may at each least has this it into can such not when other more between then'.split(
    ' ',
  );

/** Words that patents of every field use. */
const COMMON_WORDS =
  'device method system comprising according claim means unit data surface portion member signal body control element layer circuit material end side position plurality output input power process having provided invention embodiment structure container pressure temperature liquid current voltage sensor memory processor network user image information module housing shaft valve frame plate support section part connected disposed configured formed mounted arranged coupled electrode battery substrate semiconductor polymer compound composition acid water gas air heat light source beam lens optical magnetic mechanical electrical electronic digital wireless communication server client message packet channel frequency time value number range level rate speed direction distance length width height angle shape size region area line edge upper lower inner outer front rear left right top bottom central axial radial rotation movement force load stress motor pump engine wheel gear spring lever arm rod pin bolt screw nut seal ring bearing groove hole opening passage chamber cavity tube pipe hose tank vessel filter membrane film coating resin fibre glass metal steel aluminium copper alloy ceramic carbon silicon oxide nitride hydrogen oxygen nitrogen mixture solution reaction catalyst product step stage operation function mode state condition result effect example figure table reference preferred suitable additional further corresponding respective predetermined desired substantially approximately'.split(
    ' ',
  );

const SYLLABLES =
  'ba be bi bo bu ca ce co cu da de di do du fa fe fi fo ga ge go ha he hi ho la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo thio meth eth prop oxy hydr nitr chlor fluor phen benz amin carb sulf poly iso cyclo'.split(
    ' ',
  );
const ENDINGS = ['ine', 'ate', 'ol', 'ane', 'ase', 'ium', 'ene', 'yl', 'oid', 'tor', 'ide', 'ical', 'ation', 'ment'];

const HAN =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严';

/** A number that favours small ones as word ranks do. */
function zipf(random: () => number, count: number, steepness: number): number {
  const e = 1 - steepness;
  const whole = (count + 1) ** e - 1;
  return Math.min(count - 1, Math.floor((random() * whole + 1) ** (1 / e) - 1));
}

const COINED = 400_000;
const COMMON_STEEPNESS = 0.7;
const COINED_STEEPNESS = 1.05;

/** The coined word of a rank: a long tail of technical terms. */
function coin(rank: number): string {
  const random = seededRandom(rank * 7919 + 13);
  let word = '';
  for (let left = 2 + Math.floor(random() * 3); left > 0; left--)
    word += itemAt(SYLLABLES, Math.floor(random() * SYLLABLES.length));
  return word + itemAt(ENDINGS, Math.floor(random() * ENDINGS.length));
}

/** A sentence pool: topics, each a handful of sentences that its documents are made of. */
export interface WordStock {
  /** A sentence of a topic, in English or Chinese. */
  sentence(random: () => number, topic: number, chinese: boolean): string;
  /** A rare word. */
  rareWord(random: () => number): string;
  readonly topics: number;
}

const TOPICS = 1500;
const SENTENCES = 40;
const CHINESE_WORDS = 6000;

function englishSentence(random: () => number, own: readonly string[]): string {
  const words: string[] = [];
  for (let left = 7 + Math.floor(random() * 22); left > 0; left--) {
    const draw = random();
    if (draw < 0.38) words.push(itemAt(FUNCTION_WORDS, zipf(random, FUNCTION_WORDS.length, 0.9)));
    else if (draw < 0.72) words.push(itemAt(COMMON_WORDS, zipf(random, COMMON_WORDS.length, COMMON_STEEPNESS)));
    else words.push(itemAt(own, zipf(random, own.length, COMMON_STEEPNESS)));
  }
  const [first = 'the', ...rest] = words;
  return `${first.charAt(0).toUpperCase()}${[first.slice(1), ...rest].join(' ')}`;
}

const HAN_TEXT = [...HAN];
const hanWord = (rank: number): string => {
  const random = seededRandom(rank * 104_729 + 7);
  const length = random() < 0.8 ? 2 : 3;
  return Array.from({ length }, () => itemAt(HAN_TEXT, zipf(random, HAN_TEXT.length, 0.5))).join('');
};

function chineseSentence(random: () => number, words: readonly string[], own: readonly string[]): string {
  let text = '';
  for (let left = 4 + Math.floor(random() * 10); left > 0; left--)
    text +=
      random() < 0.6 ? itemAt(words, zipf(random, words.length, 0.9)) : itemAt(own, zipf(random, own.length, 0.6));
  return text;
}

/** Makes the pool that all documents of a seed are drawn from. */
export function createWordStock(seed: number): WordStock {
  const random = seededRandom(seed ^ 0x5eed);
  const chineseWords = Array.from({ length: CHINESE_WORDS }, (_, rank) => hanWord(rank));
  const english: string[][] = [];
  const chinese: string[][] = [];
  for (let topic = 0; topic < TOPICS; topic++) {
    const own = Array.from({ length: 60 }, () => coin(zipf(random, 20_000, 0.6)));
    const hanOwn = Array.from({ length: 40 }, () => itemAt(chineseWords, Math.floor(random() * CHINESE_WORDS)));
    english.push(Array.from({ length: SENTENCES }, () => englishSentence(random, own)));
    chinese.push(Array.from({ length: SENTENCES }, () => chineseSentence(random, chineseWords, hanOwn)));
  }
  return {
    topics: TOPICS,
    rareWord: (draw) => coin(zipf(draw, COINED, COINED_STEEPNESS)),
    sentence(draw, topic, isChinese) {
      const list = itemAt(isChinese ? chinese : english, topic);
      return itemAt(list, Math.floor(draw() * list.length));
    },
  };
}
