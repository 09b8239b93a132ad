import type { Random } from '../random.js';
import type { Pair } from './types.js';

const table = (text: string): Pair[] =>
  text
    .trim()
    .split(/\s+/)
    .map((item) => {
      const [zh = '', en = ''] = item.split('=');
      return { zh, en };
    });

const SURNAMES = table(
  '王=Wang 李=Li 张=Zhang 刘=Liu 陈=Chen 杨=Yang 黄=Huang 赵=Zhao 吴=Wu 周=Zhou 徐=Xu 孙=Sun 马=Ma 朱=Zhu 胡=Hu 郭=Guo 何=He 林=Lin 高=Gao 罗=Luo 郑=Zheng 梁=Liang 谢=Xie 宋=Song 唐=Tang 许=Xu 韩=Han 冯=Feng 邓=Deng 曹=Cao 彭=Peng 曾=Zeng 肖=Xiao 田=Tian 董=Dong 袁=Yuan 潘=Pan 于=Yu 蒋=Jiang 蔡=Cai 余=Yu 杜=Du 叶=Ye 程=Cheng 苏=Su 魏=Wei 吕=Lü 丁=Ding 任=Ren 沈=Shen 欧阳=Ouyang',
);
const GIVEN = table(
  '伟=Wei 芳=Fang 娜=Na 敏=Min 静=Jing 丽=Li 强=Qiang 磊=Lei 军=Jun 洋=Yang 勇=Yong 艳=Yan 杰=Jie 娟=Juan 涛=Tao 明=Ming 超=Chao 霞=Xia 平=Ping 刚=Gang 桂=Gui 文=Wen 辉=Hui 玲=Ling 鹏=Peng 浩=Hao 宇=Yu 欣=Xin 晨=Chen 思=Si 佳=Jia 子=Zi 雨=Yu 梓=Zi 志=Zhi 建=Jian 国=Guo 海=Hai 波=Bo 宁=Ning 凯=Kai 雪=Xue 倩=Qian 婷=Ting 帆=Fan 博=Bo 毅=Yi 岩=Yan 昊=Hao 琳=Lin',
);

/** A Chinese person: `王思宁`, in English given name first (`Sining Wang`). */
export function chinesePerson(random: Random): Pair {
  const surname = random.pick(SURNAMES);
  const first = random.pick(GIVEN);
  const second = random.chance(0.72) ? random.pick(GIVEN) : undefined;
  const given = first.en + (second ? second.en.toLowerCase() : '');
  return { zh: surname.zh + first.zh + (second?.zh ?? ''), en: `${given} ${surname.en}` };
}

const FIRST = table(
  '启=Qi 恒=Heng 瑞=Rui 锐=Rui 科=Ke 鼎=Ding 卓=Zhuo 远=Yuan 博=Bo 智=Zhi 辰=Chen 星=Xing 凌=Ling 晟=Sheng 泰=Tai 嘉=Jia 铭=Ming 朗=Lang 宏=Hong 睿=Rui 奥=Ao 天=Tian 海=Hai 新=Xin 汇=Hui 德=De 诚=Cheng 安=An 康=Kang 沐=Mu',
);
const SECOND = table(
  '衡=heng 源=yuan 达=da 通=tong 维=wei 能=neng 创=chuang 锋=feng 拓=tuo 信=xin 越=yue 联=lian 禾=he 川=chuan 景=jing 翼=yi 图=tu 微=wei 纳=na 芯=xin 特=te 普=pu 腾=teng 格=ge 元=yuan 方=fang 胜=sheng 和=he 泽=ze 润=run',
);

/** A brand of two characters. */
export function brand(random: Random): Pair {
  const first = random.pick(FIRST);
  const second = random.pick(SECOND);
  return { zh: first.zh + second.zh, en: first.en + second.en };
}

const ROADS = table(
  '望江=Wangjiang 创新=Chuangxin 澜滨=Lanbin 松岭=Songling 银杏=Yinxing 科学=Kexue 文澜=Wenlan 青石=Qingshi 云帆=Yunfan 和顺=Heshun 汀洲=Tingzhou 玉带=Yudai',
);

/** A made-up street address inside a district. */
export function address(random: Random, city: Pair, district: Pair): Pair {
  const road = random.pick(ROADS);
  const number = random.int(1, 988);
  return {
    zh: `${city.zh}${district.zh}${road.zh}路${number}号`,
    en: `${number} ${road.en} Road, ${district.en}, ${city.en}`,
  };
}

const SYLLABLES = table(
  '诺=Nor 维=ve 卡=Ca 迪=di 索=So 兰=lan 贝=Be 莫=Mo 达=da 利=li 克=c 罗=ro 塞=se 文=ven 托=to 尔=l 瓦=va 芬=fin 塔=ta 奇=chi',
);

/** The coined part of a company's name abroad, in English and as China's office would transcribe it. */
export function coinedName(random: Random): Pair {
  const parts = [random.pick(SYLLABLES), random.pick(SYLLABLES), random.pick(SYLLABLES)];
  const en = parts.map((part) => part.en.toLowerCase()).join('');
  return { zh: parts.map((part) => part.zh).join(''), en: en.charAt(0).toUpperCase() + en.slice(1) };
}

const FOREIGN: Readonly<Record<string, { first: readonly Pair[]; last: readonly Pair[] }>> = {
  US: {
    first: table('詹=James 艾=Emily 罗=Robert 萨=Sarah 丹=Daniel'),
    last: table('卡特=Carter 希尔=Hill 布鲁克斯=Brooks 韦伯=Webb 莫里斯=Morris'),
  },
  DE: {
    first: table('卢=Lukas 安=Anna 马=Markus 尤=Julia 斯=Stefan'),
    last: table('布兰特=Brandt 凯勒=Keller 霍夫曼=Hofmann 温特=Winter 沃格特=Vogt'),
  },
  FR: {
    first: table('皮=Pierre 克=Claire 卢=Luc 伊=Inès'),
    last: table('莫罗=Moreau 杜邦尼=Dubonnet 勒鲁瓦=Leroy 富尼耶=Fournier'),
  },
  JP: {
    first: table('健=Ken 由美=Yumi 大辅=Daisuke 直子=Naoko'),
    last: table('小林=Kobayashi 森田=Morita 西川=Nishikawa 冈本=Okamoto'),
  },
  KR: {
    first: table('敏俊=Min-jun 智慧=Ji-hye 贤宇=Hyun-woo 秀珍=Soo-jin'),
    last: table('金=Kim 朴=Park 崔=Choi 郑=Jung'),
  },
};

/** A person abroad; in Chinese Western names keep the first name's initial, Japanese and Korean ones are whole. */
export function foreignPerson(random: Random, country: string): Pair {
  const names = FOREIGN[country] ?? FOREIGN['US'];
  if (!names) throw new Error(`There are no names for ${country}.`);
  const [first, last] = [random.pick(names.first), random.pick(names.last)];
  const whole = country === 'JP' || country === 'KR';
  const zh = whole ? last.zh + first.zh : `${first.en.charAt(0)}·${last.zh}`;
  return { zh, en: `${first.en} ${last.en}` };
}
