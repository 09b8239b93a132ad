import { subscript, superscript } from '../text/scripts.js';

/** Signs that APS text writes between dots, by name. */
const SIGNS: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  iota: 'ι',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  omicron: 'ο',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  upsilon: 'υ',
  phi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  DELTA: 'Δ',
  GAMMA: 'Γ',
  LAMBDA: 'Λ',
  OMEGA: 'Ω',
  PHI: 'Φ',
  PI: 'Π',
  PSI: 'Ψ',
  SIGMA: 'Σ',
  THETA: 'Θ',
  degree: '°',
  times: '×',
  div: '÷',
  '+-': '±',
  noteq: '≠',
  ltoreq: '≤',
  gtoreq: '≥',
  apprxeq: '≈',
  about: '≈',
  infin: '∞',
  infinity: '∞',
  fwdarw: '→',
  rarw: '←',
  revreaction: '⇌',
  sqroot: '√',
  integral: '∫',
  angle: '∠',
  cent: '¢',
  multidot: '·',
  perp: '⊥',
  differential: '∂',
  paragraph: '¶',
  sctn: '§',
  quadrature: '□',
  asterisk: '*',
  dblharw: '↔',
  ident: '≡',
  'box-solid': '■',
  'circle-solid': '●',
  tbd: '≡',
  dbd: '=',
  ANG: 'Å',
  ang: 'Å',
  degC: '°C',
  sup: '',
  PHgr: 'Φ',
  Circle: '○',
  circle: '○',
  prime: '′',
  dagger: '†',
  copyright: '©',
  register: '®',
  THORN: 'Þ',
  varies: '∝',
  sym: '~',
  congruent: '≅',
  union: '∪',
  orgate: '∨',
  andgate: '∧',
  Iadd: '',
  Iaddend: '',
};

/** APS text as a reader sees it: `.alpha.` is α, `10.sup.-2` is 10⁻², `H.sub.2 O` is H₂ O. Unknown names stay. */
export function apsText(text: string): string {
  return text
    .replace(/\.Iadd\.|\.Iaddend\./g, '')
    .replace(/\.\[\.?/g, '⟦')
    .replace(/\.\]\.?/g, '⟧')
    .replace(/\.(sup|sub)\.\(([^()]{1,40})\)/g, (_, kind: string, body: string) => script(kind, `(${body})`))
    .replace(/\.(sup|sub)\.([-+]?[0-9A-Za-z]+(?:[.,][0-9]+)?[-+]?)/g, (_, kind: string, body: string) =>
      script(kind, body),
    )
    .replace(/\.([A-Za-z]+|\+-)\./g, (whole, name: string) =>
      Object.hasOwn(SIGNS, name) ? (SIGNS[name] ?? whole) : whole,
    );
}

function script(kind: string, body: string): string {
  return kind === 'sup' ? superscript(body) : subscript(body);
}
