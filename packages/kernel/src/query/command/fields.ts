import { type FieldDefinition, findField } from '@quanlian/contract';

/** What an index alias of US examiner search looks in: fields of the corpus, or nothing the corpus holds. */
export interface CommandIndex {
  readonly alias: string;
  readonly fields: readonly FieldDefinition[];
  /** The value is a year, meant as all its days. */
  readonly isYear: boolean;
}

const ALL_TEXT = 'title abstract claims description';

/** Aliases whose content is a field of the corpus, or several together; the first of a field is its canonical one. */
const FIELD_ALIASES: readonly (readonly [string, string])[] = [
  ['TI TTL', 'title'],
  ['AB ABTX ABEQ ABFN ABME ABPR ABTL', 'abstract'],
  ['CLM CLTX CLEQ CLFN CLPR CLTL DCLM DCEQ DCFN DCPR DCTL DCTX', 'claims'],
  ['SPEC', 'description'],
  ['AS AANM ASN ASNM', 'applicant'],
  ['IN INV', 'inventor'],
  ['INNM', 'applicant inventor'],
  ['ATT ATTY', 'agent'],
  ['BI', ALL_TEXT],
  ['BIC', 'title abstract claims'],
  ['TXT', 'text'],
  ['PN DID WKU', 'id'],
  ['APP APNR', 'application'],
  ['PRAN PRN', 'priority'],
  ['FMID', 'family'],
  ['CC', 'office'],
  ['KD AT', 'kind'],
  ['PD ISD PY', 'date'],
  ['AD APD FD FY AY', 'filed'],
  ['PRAD PRAY PRY', 'prioritydate'],
  ['CPC', 'cpc'],
  ['IPC CIPC', 'ipc'],
];

const YEARS = new Set(['PY', 'FY', 'AY', 'PRAY', 'PRY']);

/** The other aliases of the office's catalogue: they parse, and search refuses them by name. */
const OTHER_ALIASES =
  'AACI AACO AAGP AFFF AFFT APN ARD ARP ART ASCC ASCI ASCO ASNP ASPC ASSA ASST ASTX ASZP BGTL BGTX BIS ' +
  'BLNM BSEQ BSTL BSTX BSUM CCCC CCCO CCLS CCOR CCSR CCXR CHNL CICL CIOR CIPG CIPP CISR CIXR CLAS CLOA ' +
  'CLOI CLSP COFC COND COR CORR CPCC CPCG CPCI CPCL CPOA CXR DBNM DCD DD DEFN DETD DETL ECL EXP FIPC ' +
  'FRCL FRCO FRCP FREF FRGP FROR FRPD FSC FSCL FSCP FSIC GAU GI GOEQ GOFN GOPR GOTL GOTX GOVH INAA INCC ' +
  'INCI INCO INCS INDC INGP INIF INIR INSA INST INTX INZP IOR IPCC IPCE IPCG IPCN IPCP IPCS IPCX IXR ' +
  'LPAR LRAG LRCI LRNM LRST MSGR NCL NDR NFG NPS OREF ORPL PARN PATT PC PCAC PCAD PCAN PCDV PCDW PCEQ ' +
  'PCFN PCPD PCPN PCT PCTL PCTX PGCD PGCO PGKC PPCC PPKC PPPD PRCO PT3D PTAC PTAD PTFD PTPD PTPN R47X ' +
  'RAC RANR READ REAN RECD REEX REPD REPN RFCO RFIP RFNR RFRS RLAC RLAN RLCD RLCM RLCO RLFD RLGK RLGM ' +
  'RLGY RLHD RLKC RLKD RLPD RLPK RLPM RLPN RLPP RLPY RLRP RLTC RPAF RPAK RPAN RPGP RPNR RPPC SITX SIZE ' +
  'SQNB SQOD SQOI SQTB SQTX TRM UNIT URCL URGP URNM UROR URPD URPN XA XP';

const entry = (alias: string, fields: readonly FieldDefinition[]): [string, CommandIndex] => [
  alias,
  { alias, fields, isYear: YEARS.has(alias) },
];

const INDEXES: ReadonlyMap<string, CommandIndex> = new Map([
  ...OTHER_ALIASES.split(' ').map((alias) => entry(alias, [])),
  ...FIELD_ALIASES.flatMap(([aliases, fields]) =>
    aliases.split(' ').map((alias) =>
      entry(
        alias,
        fields.split(' ').flatMap((name) => findField(name) ?? []),
      ),
    ),
  ),
]);

/** The index of an alias, letters compared without case; undefined for one that is not in the catalogue. */
export const commandIndex = (alias: string): CommandIndex | undefined => INDEXES.get(alias.toUpperCase());

/** An index for any alias: one out of the catalogue is kept by its name. */
export function anyCommandIndex(alias: string): CommandIndex {
  return commandIndex(alias) ?? { alias: alias.toUpperCase(), fields: [], isYear: false };
}

/** The alias that writes a field of the corpus. */
export const ALIAS_OF: ReadonlyMap<string, string> = new Map(
  FIELD_ALIASES.filter(([, fields]) => !fields.includes(' ')).map(([aliases, field]) => [
    field,
    aliases.split(' ')[0] ?? '',
  ]),
);

/** What an installation may set. */
export interface CommandSettings {
  /** What stands for a blank between two words; the office's own default is OR. */
  readonly blank: 'and' | 'or' | 'adj' | 'near' | 'with' | 'same';
}

export const COMMAND_SETTINGS: CommandSettings = { blank: 'or' };

export const COMMAND_SIGNS = { any: '$', alsoAny: '*', one: '?', counted: '$' } as const;
