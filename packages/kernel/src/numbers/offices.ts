/** Offices and states of WIPO ST.3 whose documents occur, the historical ones included. */
const OFFICE_CODES = new Set(
  (
    'AE AL AM AP AR AT AU AZ BA BE BG BH BO BR BY CA CH CL CN CO CR CS CU CY CZ DD DE DK DO DZ EA EC EE EG EM EP ES FI FR GB GC GE GR GT ' +
    'HK HN HR HU IB ID IE IL IN IR IS IT JO JP KE KG KR KZ LI LT LU LV MA MC MD ME MK MN MO MT MW MX MY NI NL NO NZ OA OM PA PE PH PK PL PT ' +
    'PY QA RO RS RU SA SE SG SI SK SM SU SV TH TJ TM TN TR TT TW UA US UY UZ VE VN WO XN XV YU ZA ZM ZW'
  ).split(' '),
);

export function isOffice(code: string): boolean {
  return OFFICE_CODES.has(code);
}
