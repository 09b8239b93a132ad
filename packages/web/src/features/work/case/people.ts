const nameOf = (relation: string): string => `people ${relation}`;

/** The name of the boxes that people are named with for a relation. */
export const peopleField = nameOf;

/** Whom a form names for each relation; relations without boxes stay as they are, and so do all when none has any. */
export function readPeople(relations: readonly string[], data: FormData): Record<string, string[]> | undefined {
  const asked = relations.filter((relation) => data.has(`${nameOf(relation)} shown`));
  if (asked.length === 0) return undefined;
  return Object.fromEntries(asked.map((relation) => [relation, data.getAll(nameOf(relation)).map(String)]));
}
