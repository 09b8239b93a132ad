import type { PlaceName } from '../../work/work.fixture.js';
import { isUnder, type Kind, type Thing } from './walk.fixture.js';

/**
 * What each role reaches, worked out by hand from the table of roles, those that every member has included:
 * S the organization and all under it, H the organization alone, a what one was given, o one's own, p what is public.
 * A kind that is not named is not reached at all. `wide` is how far any permission of the role reaches: the bound that
 * row-level security keeps.
 */
export type Reached = Partial<Record<Kind | 'dashboard' | 'export' | 'report' | 'wide', string>>;

const MEMBER: Reached = {
  task: 'a',
  batch: 'Hp',
  learner: 'o',
  paper: 'ao',
  person: 'Ho',
  organization: 'Hp',
  notice: 'o',
  job: 'o',
  wide: 'H',
};
const OFFICE: Reached = {
  ...MEMBER,
  task: 'Sa',
  inspection: 'S',
  plan: 'S',
  batch: 'Sp',
  learner: 'S',
  research: 'S',
  paper: 'Sao',
  person: 'S',
  organization: 'S',
  dashboard: 'S',
  export: 'S',
  report: 'H',
  wide: 'S',
};
const PARTICIPANT: Reached = {
  ...MEMBER,
  task: 'Ha',
  inspection: 'H',
  learner: 'H',
  paper: 'Hao',
  invitation: 'H',
  dashboard: 'H',
  export: 'H',
};
export const EXPECTED: Readonly<Record<string, Reached>> = {
  'platform-admin': {
    ...MEMBER,
    person: 'S',
    organization: 'S',
    job: 'S',
    webhook: 'S',
    invitation: 'S',
    wide: 'S',
  },
  'city-officer': { ...OFFICE, webhook: 'S' },
  'district-clerk': OFFICE,
  'carrier-clerk': {
    ...OFFICE,
    inspection: 'H',
    research: '',
    paper: 'Hao',
    invitation: 'S',
    export: 'H',
  },
  'service-staff': { ...MEMBER, task: 'a', learner: 'H', dashboard: 'H' },
  'ip-manager': PARTICIPANT,
  'tech-transfer-officer': { ...PARTICIPANT, report: 'H' },
  'bank-officer': PARTICIPANT,
  'fund-manager': PARTICIPANT,
  'agency-agent': MEMBER,
  'authority-officer': { ...MEMBER, plan: 'p', research: 'a', inspection: 'a' },
  examiner: MEMBER,
  'centre-head': {
    ...MEMBER,
    task: 'Sa',
    plan: 'H',
    batch: 'Sp',
    learner: 'S',
    paper: 'Sao',
    person: 'S',
    organization: 'S',
    invitation: 'S',
    dashboard: 'S',
    export: 'H',
    report: 'H',
    wide: 'S',
  },
  trainer: { ...MEMBER, batch: 'Hap', learner: 'o' },
  trainee: MEMBER,
  inspector: { ...MEMBER, inspection: 'Sa', wide: 'S' },
  auditor: {
    ...MEMBER,
    task: 'Sa',
    inspection: 'S',
    plan: 'S',
    batch: 'Sp',
    learner: 'S',
    research: 'S',
    paper: 'Sao',
    person: 'S',
    organization: 'S',
    audit: 'S',
    dashboard: 'S',
    wide: 'S',
  },
};

/** Where each role walks: the office, the districts, the park, the company, the university, and who is found elsewhere. */
export const HELD: Readonly<Record<string, readonly PlaceName[]>> = {
  'platform-admin': ['city'],
  'city-officer': ['city'],
  'district-clerk': ['north', 'south'],
  'carrier-clerk': ['park'],
  'service-staff': ['north', 'desk'],
  'ip-manager': ['company', 'other'],
  'tech-transfer-officer': ['university'],
  'bank-officer': ['bank'],
  'fund-manager': ['fund'],
  'agency-agent': ['agency'],
  'authority-officer': ['authority'],
  examiner: ['centre'],
  'centre-head': ['centre'],
  trainer: ['city', 'park', 'university'],
  trainee: ['south', 'company', 'university'],
  inspector: ['city', 'north'],
  auditor: ['city', 'south'],
};

/** Whether letters of the table, in a role held in a place, reach a thing. `me` is who asks. */
export const reachedBy = (
  letters: string,
  place: PlaceName,
  thing: Pick<Thing, 'place'> & Partial<Thing>,
  me = '',
): boolean =>
  (letters.includes('S') && isUnder(thing.place, place)) ||
  (letters.includes('H') && thing.place === place) ||
  (letters.includes('a') && thing.assigned === true) ||
  (letters.includes('p') && thing.isPublic === true) ||
  (letters.includes('o') && thing.owner !== undefined && thing.owner === me);
