import type { CitationGraph as Answer, CitationNode } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { FigureFiles, type Lines } from '../../../charts/FigureFiles.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { originWords } from './citationWords.js';
import { type GraphChoice, useCitationGraph } from './register.queries.js';

const DIRECTIONS = ['both', 'backward', 'forward'] as const;
const DEPTHS = [1, 2, 3] as const;

function Family({ family, nodes }: { family: string; nodes: ReadonlyMap<string, CitationNode> }) {
  const node = nodes.get(family);
  if (node === undefined) return <span className="code">{family}</span>;
  return (
    <>
      <Link className="code" to="/publications/$id" params={{ id: node.id }}>
        {node.id}
      </Link>{' '}
      {node.title}
    </>
  );
}

const COLUMNS = ['step', 'from', 'to', 'categories', 'origin', 'citations'] as const;

interface Shown {
  readonly nodes: ReadonlyMap<string, CitationNode>;
  readonly edges: Answer['edges'];
}

const stepOf = ({ nodes }: Shown, { from, to }: Answer['edges'][number]): number =>
  Math.max(nodes.get(from)?.level ?? 0, nodes.get(to)?.level ?? 0);

function Edges({ shown }: { shown: Shown }) {
  const { t, tag } = useLanguage();
  return (
    <ScrollFrame label={t('document:citation.graph.title')}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th scope="col" key={name}>
                {t(`document:citation.graph.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.edges.map((edge) => (
            <tr key={`${edge.from}|${edge.to}`}>
              <td className="figures">{stepOf(shown, edge)}</td>
              <td>
                <Family family={edge.from} nodes={shown.nodes} />
              </td>
              <td>
                <Family family={edge.to} nodes={shown.nodes} />
              </td>
              <td>{edge.categories}</td>
              <td>{originWords(edge.origin, t)}</td>
              <td className="figures">{formatNumber(edge.citations, tag)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function SaveEdges({ id, shown }: { id: string; shown: Shown }) {
  const { t } = useLanguage();
  const lines = (): Lines => [
    COLUMNS.map((name) => t(`document:citation.graph.${name}`)),
    ...shown.edges.map((edge) => [
      stepOf(shown, edge),
      shown.nodes.get(edge.from)?.id ?? edge.from,
      shown.nodes.get(edge.to)?.id ?? edge.to,
      edge.categories,
      originWords(edge.origin, t),
      edge.citations,
    ]),
  ];
  return <FigureFiles title={t('document:citation.graph.title')} file={`citations-${id}`} lines={lines} />;
}

function Graph({ id, choice }: { id: string; choice: GraphChoice }) {
  const { t, tag } = useLanguage();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useCitationGraph(id, choice);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  const [first] = data?.pages ?? [];
  if (data === undefined || first === undefined) return <Waiting />;
  if (first.total === 0) return <p className="quiet">{t('document:citation.graph.none')}</p>;
  const shown: Shown = {
    nodes: new Map(data.pages.flatMap(({ nodes }) => nodes).map((node) => [node.family, node])),
    edges: data.pages.flatMap(({ edges }) => edges),
  };
  const counts = { edges: formatNumber(first.total, tag), families: formatNumber(first.families, tag) };
  return (
    <>
      <p className="note" role="status">
        {t('document:citation.graph.total', counts)} {first.complete ? '' : t('document:citation.graph.cut')}
      </p>
      <Edges shown={shown} />
      <p className="row">
        {hasNextPage ? (
          <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('document:citation.graph.more')}
          </button>
        ) : null}
        <SaveEdges id={id} shown={shown} />
      </p>
    </>
  );
}

/** The graph of citations around the document, asked for when it is opened. */
export function CitationGraph({ id }: { id: string }) {
  const { t } = useLanguage();
  const field = useId();
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState<GraphChoice>({ direction: 'both', depth: 1 });
  const direction = DIRECTIONS.find((one) => one === choice.direction) ?? 'both';
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('document:citation.graph.title')}</summary>
      <p className="note">{t('document:citation.graph.note')}</p>
      <p className="row">
        <label htmlFor={`${field}d`}>{t('document:citation.graph.direction')}</label>
        <select
          id={`${field}d`}
          value={direction}
          onChange={({ target }) => setChoice({ ...choice, direction: target.value })}
        >
          {DIRECTIONS.map((one) => (
            <option key={one} value={one}>
              {t(`document:citation.graph.${one}`)}
            </option>
          ))}
        </select>
        <label htmlFor={`${field}s`}>{t('document:citation.graph.depth')}</label>
        <select
          id={`${field}s`}
          value={choice.depth}
          onChange={({ target }) => setChoice({ ...choice, depth: Number(target.value) })}
        >
          {DEPTHS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </p>
      {open ? <Graph id={id} choice={choice} /> : null}
    </details>
  );
}
