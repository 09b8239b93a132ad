import { readInstallation, type WorkDatabase } from '@quanlian/db';
import type { City } from '@quanlian/demo';
import {
  CITY,
  type DemoAccount,
  type DemoOrganization,
  demoMail,
  demoOffices,
  MACHINE,
  settleDemo,
} from '@quanlian/server';
import { say, table } from '../output.js';

function organizationsOf(city: City): DemoOrganization[] {
  const { carriers, companies, banks, agencies, servicePoints } = city;
  return [
    ...demoOffices(city),
    ...carriers.map(
      ({ id, park, name: own }): DemoOrganization => ({
        key: id,
        parent: park,
        kind: 'carrier',
        serviceLevel: 'carrier',
        name: own,
      }),
    ),
    ...companies.map(
      ({ id, carrier, park, district, name: own }): DemoOrganization => ({
        key: id,
        parent: carrier ?? park ?? district,
        kind: 'company',
        name: own,
      }),
    ),
    ...banks.map(({ id, name: own }): DemoOrganization => ({ key: id, parent: CITY, kind: 'bank', name: own })),
    ...agencies.map(({ id, name: own }): DemoOrganization => ({ key: id, parent: CITY, kind: 'agency', name: own })),
    ...servicePoints.map(
      ({ id, level, district, place, name: own }): DemoOrganization => ({
        key: id,
        parent: level === 'city' ? CITY : (place ?? district),
        kind: 'service-point',
        serviceLevel: level,
        name: own,
      }),
    ),
  ];
}

function accountsOf({ districts, parks, companies, universities, banks, agencies }: City): DemoAccount[] {
  const at = (
    name: string,
    title: string,
    organization: string | undefined,
    ...roles: DemoAccount['roles']
  ): DemoAccount[] => (organization === undefined ? [] : [{ email: demoMail(name), name: title, organization, roles }]);
  return [
    ...at('admin', '平台管理员', CITY, 'platform-admin'),
    ...at('officer', '市局工作人员', CITY, 'city-officer', 'auditor'),
    ...at('inspector', '督查人员', CITY, 'inspector'),
    ...at('district1', '区县工作人员一', districts[0]?.id, 'district-clerk'),
    ...at('district2', '区县工作人员二', districts[1]?.id, 'district-clerk'),
    ...at('park', '园区工作人员', parks[0]?.id, 'carrier-clerk'),
    ...at('company', '企业知识产权经理', companies[0]?.id, 'ip-manager'),
    ...at('trainee', '企业学员', companies[0]?.id, 'trainee'),
    ...at('university', '高校技术转移人员', universities[0]?.id, 'tech-transfer-officer'),
    ...at('bank', '银行信贷人员', banks[0]?.id, 'bank-officer'),
    ...at('agency', '代理师', agencies[0]?.id, 'agency-agent'),
  ];
}

/** Where the demo city was loaded: its organizations and accounts, whose passwords are shown this once. */
export async function settleDemoCity(work: WorkDatabase): Promise<void> {
  const { demo_seed } = await readInstallation(work.db);
  if (demo_seed === null) return;
  const settled = await work.system.selectFrom('organization').select('id').limit(1).executeTakeFirst();
  if (settled) return;
  // The generator is read for the one start that needs it.
  const { demoCity } = await import('../demo-source.js');
  const city = demoCity();
  const made = await settleDemo(work, MACHINE, { organizations: organizationsOf(city), accounts: accountsOf(city) });
  if (!made) return;
  say('Accounts of the demo city, for this machine only. Their passwords are shown this once:');
  say(table(made.map(({ email, password, name }) => ['', email, password, name])));
}
