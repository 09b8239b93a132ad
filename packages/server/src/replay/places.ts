import type { DemoAccount, DemoOrganization } from '../identity/demo.js';
import { CITY, type DemoOffices, demoMail, demoOffices } from '../identity/demo-offices.js';

/** The parts of a generated city that the year is played in. */
export interface ReplayCity extends DemoOffices {
  readonly companies: readonly (DemoOffices['universities'][number] & {
    readonly district: string;
    readonly park?: string;
  })[];
}

/** How much happens in the year. */
export interface ReplayScale {
  readonly indicators: number;
  readonly tasks: number;
  readonly batches: number;
  readonly people: number;
  readonly inspections: number;
  /** Companies of the city that take part. */
  readonly companies: number;
}

export const FULL_YEAR: ReplayScale = {
  indicators: 30,
  tasks: 200,
  batches: 40,
  people: 3000,
  inspections: 60,
  companies: 60,
};

/** Every inspected company is inspected twice, so that something can come again. */
export const inspectedCompanies = ({ inspections }: ReplayScale): number => Math.ceil(inspections / 2);
const INSPECTORS = 6;
export const INSPECTOR_NAMES = Array.from({ length: INSPECTORS }, (_, index) => `inspector${index + 1}`);

/** The organizations that take part, parents first. */
export function organizationsOf(city: ReplayCity, scale: ReplayScale): DemoOrganization[] {
  const companies = city.companies.slice(0, scale.companies).map(
    ({ id, park, district, name }): DemoOrganization => ({
      key: id,
      parent: park ?? district,
      kind: 'company',
      name,
    }),
  );
  return [...demoOffices(city), ...companies];
}

/** Those who act in the year. The part of the address before the sign is how the replay calls them. */
export function accountsOf(city: ReplayCity, scale: ReplayScale): DemoAccount[] {
  const account = (key: string, name: string, organization: string, ...roles: DemoAccount['roles']): DemoAccount => ({
    email: demoMail(key),
    name,
    organization,
    roles,
  });
  return [
    account('admin', '平台管理员', CITY, 'platform-admin'),
    account('officer', '市局工作人员', CITY, 'city-officer', 'auditor'),
    account('reviewer', '市局审核人员', CITY, 'city-officer'),
    ...INSPECTOR_NAMES.map((key, index) => account(key, `督查人员${index + 1}`, CITY, 'inspector')),
    ...city.districts.map(({ id, name }) => account(`clerk-${id}`, `${name.zh}工作人员`, id, 'district-clerk')),
    ...city.companies
      .slice(0, inspectedCompanies(scale))
      .map(({ id }) => account(`manager-${id}`, '知识产权经理', id, 'ip-manager')),
    ...city.companies.slice(0, 1).map(({ id }) => account('trainee', '企业学员', id, 'trainee')),
  ];
}
