import { useTold } from '../work/parts/useWords.js';

/** Gives the name of a role; its id when the pages do not know it. */
export function useRoleName(): (role: string) => string {
  const told = useTold();
  return (role) => told(`identity:role.${role}`, role);
}
