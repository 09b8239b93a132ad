import { Link } from '@tanstack/react-router';

/** Links to publications of this corpus by their numbers. */
export function PublicationLinks({ ids }: { ids: readonly string[] }) {
  return (
    <ul className="plain-list row publication-links">
      {ids.map((id) => (
        <li key={id}>
          <Link className="code" to="/publications/$id" params={{ id }}>
            {id}
          </Link>
        </li>
      ))}
    </ul>
  );
}
