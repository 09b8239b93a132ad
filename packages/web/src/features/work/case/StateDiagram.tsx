import type { CasePage } from '@quanlian/contract';
import { useId } from 'react';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useWords } from '../parts/useWords.js';
import { linesOf, NODE_HEIGHT, NODE_WIDTH, type PlacedArrow, type PlacedNode, placeDiagram } from './layout.js';

function Arrow({ arrow, head }: { arrow: PlacedArrow; head: string }) {
  const words = useWords();
  const { line, mark, taken, titles } = arrow;
  const isTaken = taken.length > 0;
  return (
    <g className={isTaken ? 'diagram__arrow diagram__arrow--taken' : 'diagram__arrow'}>
      <title>{titles.map(words).join(' / ')}</title>
      <path d={line} markerEnd={`url(#${head}${isTaken ? '-taken' : ''})`} />
      {isTaken ? (
        <>
          <circle cx={mark.x} cy={mark.y} r={taken.length > 2 ? 13 : 9} />
          <text x={mark.x} y={mark.y}>
            {taken.length > 2 ? `${taken[0]}…${taken.at(-1)}` : taken.join(',')}
          </text>
        </>
      ) : null}
    </g>
  );
}

function StateBox({ node }: { node: PlacedNode }) {
  const words = useWords();
  const title = words(node.title);
  const lines = linesOf(title);
  const marks = ['diagram__state', `diagram__state--${node.kind}`];
  if (node.visits > 0) marks.push('diagram__state--visited');
  if (node.current) marks.push('diagram__state--current');
  return (
    <g className={marks.join(' ')}>
      <title>{title}</title>
      <rect
        x={node.x}
        y={node.y}
        width={NODE_WIDTH}
        height={NODE_HEIGHT}
        rx={node.kind === 'initial' || node.kind === 'final' ? NODE_HEIGHT / 2 : 3}
      />
      {lines.map((line, index) => (
        <text
          key={line}
          x={node.x + NODE_WIDTH / 2}
          y={node.y + NODE_HEIGHT / 2 + (index - (lines.length - 1) / 2) * 16}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

/** The process as boxes and arrows, with the steps that were taken numbered in their order. */
export function StateDiagram({ page }: { page: CasePage }) {
  const { t } = useLanguage();
  const words = useWords();
  const head = useId();
  const { width, height, nodes, arrows } = placeDiagram(page.diagram);
  const path = page.timeline.flatMap(({ title, type }) => (type === 'moved' && title !== null ? [words(title)] : []));
  const label = t('work:diagram.label', { state: words(page.case.stateTitle) });
  const told = path.length === 0 ? label : `${label} ${t('work:diagram.path', { path: path.join(' → ') })}`;
  return (
    <ScrollFrame label={t('work:diagram.title')} className="diagram">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={told}>
        <defs>
          {['', '-taken'].map((kind) => (
            <marker
              key={kind}
              id={`${head}${kind}`}
              className={`diagram__head${kind}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0,0 L8,4 L0,8 Z" />
            </marker>
          ))}
        </defs>
        {arrows.map((arrow) => (
          <Arrow key={arrow.id} arrow={arrow} head={head} />
        ))}
        {nodes.map((node) => (
          <StateBox key={node.id} node={node} />
        ))}
      </svg>
    </ScrollFrame>
  );
}
