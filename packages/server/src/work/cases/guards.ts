import { type Guard, refused, withinDeadline } from '@quanlian/kernel';

/**
 * Four eyes: whoever took the step named by the parameter `transition` last, or had it taken on their behalf, may not
 * take this one.
 */
const anotherPerson: Guard = ({ snapshot, params, context: { actor } }) => {
  const name = String(params['transition'] ?? '');
  const by = snapshot.path.findLast((step) => step.transition === name)?.by;
  const mine = [actor.id, actor.onBehalfOf];
  if (!by || !(mine.includes(by.id) || (by.onBehalfOf !== null && mine.includes(by.onBehalfOf)))) return null;
  return refused('case.same_person', `Whoever took the step "${name}" may not take this one as well.`, {
    transition: name,
  }).refusal;
};

/** Guards every process may name. */
export const READY_GUARDS: Readonly<Record<string, Guard>> = {
  'within-deadline': withinDeadline,
  'another-person': anotherPerson,
};
