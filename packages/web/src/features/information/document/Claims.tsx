import type { Claim } from '@quanlian/contract';
import { useMemo, useState } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type ClaimNode, claimTree, languagesOf, parentNumbers } from './claims.js';
import { LanguageTabs } from './LanguageTabs.js';

interface TreeProps {
  nodes: readonly ClaimNode[];
  folded: ReadonlySet<number>;
  onFold: (number: number) => void;
}

function ClaimView({ node, folded, onFold }: { node: ClaimNode } & Omit<TreeProps, 'nodes'>) {
  const { t } = useLanguage();
  const { claim, alsoDependsOn, children } = node;
  const open = !folded.has(claim.number);
  const own = `claim-${claim.lang}-${claim.number}`;
  return (
    <li className="claim">
      <p className="claim__line" id={own} lang={claim.lang}>
        <span className="claim__number figures">{claim.number}</span>
        <span className="claim__text">
          {claim.text}
          {alsoDependsOn.length === 0 ? null : (
            <span className="note"> {t('document:claims.also', { numbers: alsoDependsOn.join(', ') })}</span>
          )}
        </span>
      </p>
      {children.length === 0 ? null : (
        <>
          <button
            type="button"
            className="text-button note claim__fold"
            aria-expanded={open}
            onClick={() => onFold(claim.number)}
          >
            {t(open ? 'document:claims.fold' : 'document:claims.unfold', {
              claims: children.length,
              number: claim.number,
            })}
          </button>
          {open ? <ClaimTreeView nodes={children} folded={folded} onFold={onFold} /> : null}
        </>
      )}
    </li>
  );
}

function ClaimTreeView({ nodes, folded, onFold }: TreeProps) {
  return (
    <ul className="claims plain-list">
      {nodes.map((node, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sources repeat claim numbers, and the list never changes order.
        <ClaimView key={`${node.claim.number}-${i}`} node={node} folded={folded} onFold={onFold} />
      ))}
    </ul>
  );
}

/** The claims of one language at a time as a tree: what builds on a claim stands under it and can be folded away. */
export function ClaimSection({ claims }: { claims: readonly Claim[] }) {
  const { t } = useLanguage();
  const languages = useMemo(() => languagesOf(claims), [claims]);
  const [chosen, setChosen] = useState(languages[0] ?? '');
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => claims.filter(({ lang }) => lang === chosen), [claims, chosen]);
  const tree = useMemo(() => claimTree(shown), [shown]);
  if (claims.length === 0) return null;

  const onFold = (number: number) => {
    const next = new Set(folded);
    if (!next.delete(number)) next.add(number);
    setFolded(next);
  };
  return (
    <section className="section text" aria-labelledby="claims">
      <h2 id="claims">{t('document:section.claims')}</h2>
      <div className="row">
        <LanguageTabs languages={languages} chosen={chosen} onChoose={setChosen} />
        <span className="note figures">
          {t('document:claims.count', { claims: shown.length, independent: tree.length })}
        </span>
        <button type="button" className="text-button note" onClick={() => setFolded(new Set(parentNumbers(tree)))}>
          {t('document:claims.foldAll')}
        </button>
        <button type="button" className="text-button note" onClick={() => setFolded(new Set())}>
          {t('document:claims.unfoldAll')}
        </button>
      </div>
      <ClaimTreeView nodes={tree} folded={folded} onFold={onFold} />
    </section>
  );
}
