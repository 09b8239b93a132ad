import type { CasePage } from '@quanlian/contract';
import { useMembers } from '../../identity/queries.js';
import { ChecksField } from '../parts/fields.js';
import { useTold } from '../parts/useWords.js';
import { peopleField } from './people.js';

interface Props {
  page: CasePage;
  relation: string;
}

/** Boxes for naming people of the case's organization; nothing where its people may not be seen. */
export function PeopleField({ page, relation }: Props) {
  const told = useTold();
  const members = useMembers(page.case.organizationId).data?.members;
  const named = page.parties.find((party) => party.relation === relation)?.members ?? [];
  if (members === undefined) return null;
  // Whoever is named already stays to be seen, even from another organization.
  const people = new Map([
    ...named.map(({ id, name }) => [id, name ?? id.slice(0, 8)] as const),
    ...members.map(({ personId, name }) => [personId, name] as const),
  ]);
  if (people.size === 0) return null;
  return (
    <>
      <input type="hidden" name={`${peopleField(relation)} shown`} value="true" />
      <ChecksField
        name={peopleField(relation)}
        legend={told(`work:relation.${relation}`, relation)}
        checked={named.map(({ id }) => id)}
        choices={[...people].map(([value, label]) => ({ value, label }))}
      />
    </>
  );
}
