import type { Citation } from '@quanlian/contract';
import { type Day, isoOf, yearOfDay } from '../calendar.js';
import { chinesePerson } from '../city/names.js';
import type { Random } from '../random.js';
import type { FamilyPlan, Member } from './plan.js';

interface Published {
  readonly id: string;
  readonly published: Day;
  readonly family: number;
}

/** Remembers what was published in each topic, and finds older documents to cite. */
export interface Library {
  add(plan: FamilyPlan, member: Member, id: string): void;
  cite(plan: FamilyPlan, member: Member, random: Random): Citation[];
}

/** How many documents an office's publication cites, and in which phase. */
const HABITS: Readonly<Record<string, { count: readonly [number, number]; phase: string; categories: boolean }>> = {
  CNB: { count: [2, 7], phase: 'examiner', categories: false },
  CNU: { count: [0, 2], phase: 'examiner', categories: false },
  EPA1: { count: [2, 6], phase: 'search', categories: true },
  WOA1: { count: [2, 5], phase: 'search', categories: true },
  USB2: { count: [4, 14], phase: 'examiner', categories: false },
  JPB2: { count: [1, 4], phase: 'examiner', categories: false },
  KRB1: { count: [1, 4], phase: 'examiner', categories: false },
};

const JOURNALS = [
  'Journal of Applied Process Studies',
  'Lanjiang Technology Letters',
  'Annals of Device Engineering',
  '澜江大学学报',
  '工程应用研究',
];

function nonPatent(plan: FamilyPlan, random: Random, year: number): Citation {
  const journal = random.pick(JOURNALS);
  const author = chinesePerson(random);
  const page = random.int(1, 480);
  const thing = random.pick(plan.topic.things);
  const chinese = !/^[A-Z]/.test(journal);
  const npl = chinese
    ? `${author.zh}等：“${thing.zh}的研究进展”，《${journal}》，第${random.int(1, 60)}卷，第${page}-${page + 8}页，${year}年。`
    : `${author.en} et al., “Advances in the ${thing.en}”, ${journal}, vol. ${random.int(1, 60)}, pp. ${page}-${page + 8}, ${year}.`;
  return { npl, date: String(year), phase: 'examiner', category: random.pick(['A', 'Y']) };
}

const TRIES = 8;

export function makeLibrary(): Library {
  const shelves = new Map<string, Published[]>();
  const shelf = (key: string): Published[] => {
    const found = shelves.get(key) ?? [];
    shelves.set(key, found);
    return found;
  };

  /** An older document of another family; recent ones are cited more. */
  const find = (plan: FamilyPlan, before: Day, random: Random): Published | undefined => {
    const own = shelf(plan.topic.subclass);
    const list = own.length > 3 && random.chance(0.8) ? own : shelf(plan.field.key);
    for (let i = 0; i < TRIES && list.length > 0; i++) {
      const place = Math.floor(Math.sqrt(random.next()) * list.length);
      const found = list[place];
      if (found && found.published < before && found.family !== plan.index) return found;
    }
    return undefined;
  };

  return {
    add(plan, member, id) {
      if (plan.type === 'design') return;
      const entry = { id, published: member.published, family: plan.index };
      shelf(plan.topic.subclass).push(entry);
      shelf(plan.field.key).push(entry);
    },
    cite(plan, member, random) {
      const habit = HABITS[member.office + member.kind];
      if (!habit || plan.type === 'design') return [];
      const citations = new Map<string, Citation>();
      const wanted = random.int(...habit.count);
      for (let i = 0; i < wanted; i++) {
        const intermediate = habit.categories && random.chance(0.06);
        const found = find(plan, intermediate ? member.published : plan.first.filed, random);
        if (!found) continue;
        const late = found.published >= plan.first.filed;
        const category = late ? 'P' : random.pick(['X', 'Y', 'A', 'A', 'A']);
        const phase = habit.phase === 'examiner' && random.chance(0.2) ? 'applicant' : habit.phase;
        const marked = phase === 'search' || (phase === 'examiner' && member.office === 'CN');
        citations.set(found.id, { id: found.id, date: isoOf(found.published), phase, ...(marked ? { category } : {}) });
      }
      const literature =
        wanted > 0 && random.chance(0.15)
          ? [nonPatent(plan, random, yearOfDay(plan.first.filed) - random.int(1, 9))]
          : [];
      return [...citations.values(), ...literature];
    },
  };
}
