import type { CasePage } from '@quanlian/contract';
import { useId, useRef } from 'react';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { drawnSvg } from '../../../charts/drawnSvg.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../parts/RecordTable.js';
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

type Edge = CasePage['diagram']['edges'][number];

/** The steps of the process with when each was taken: what the drawing says, as a table and as files. */
function StepTable({ page, svg }: { page: CasePage; svg: () => string }) {
  const { t } = useLanguage();
  const words = useWords();
  const { nodes, edges } = page.diagram;
  const stateOf = (id: string): string => {
    const node = nodes.find((one) => one.id === id);
    return node === undefined ? id : words(node.title);
  };
  const column = (name: 'from' | 'step' | 'to' | 'taken', text: (edge: Edge) => string): Column<Edge> => ({
    name,
    title: t(`work:diagram.${name}`),
    show: text,
    text,
  });
  return (
    <details>
      <summary>{t('work:diagram.table')}</summary>
      <RecordTable
        caption={t('work:diagram.title')}
        columns={[
          column('from', ({ from }) => stateOf(from)),
          column('step', ({ title }) => words(title)),
          column('to', ({ to }) => stateOf(to)),
          column('taken', ({ taken }) => taken.join(', ')),
        ]}
        rows={edges}
        keyOf={({ id }) => id}
        file={`states-${page.case.process}`}
        svg={svg}
      />
    </details>
  );
}

/** The process as boxes and arrows, with the steps that were taken numbered in their order. */
export function StateDiagram({ page }: { page: CasePage }) {
  const { t } = useLanguage();
  const words = useWords();
  const head = useId();
  const drawing = useRef<SVGSVGElement>(null);
  const { width, height, nodes, arrows } = placeDiagram(page.diagram);
  const path = page.timeline.flatMap(({ title, type }) => (type === 'moved' && title !== null ? [words(title)] : []));
  const label = t('work:diagram.label', { state: words(page.case.stateTitle) });
  const told = path.length === 0 ? label : `${label} ${t('work:diagram.path', { path: path.join(' → ') })}`;
  return (
    <>
      <ScrollFrame label={t('work:diagram.title')} className="diagram">
        <svg
          ref={drawing}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={told}
        >
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
      <StepTable page={page} svg={() => (drawing.current === null ? '' : drawnSvg(drawing.current))} />
    </>
  );
}
