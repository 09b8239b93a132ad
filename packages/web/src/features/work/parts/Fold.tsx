import { type ReactNode, useState } from 'react';

interface Props {
  label: string;
  /** Gets a function that folds it again. */
  children: (close: () => void) => ReactNode;
}

/** Something done now and then, folded away until it is wanted. */
export function Fold({ label, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div className="fold">
      <button type="button" className="button button--small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {label}
      </button>
      {open ? <div className="fold__inside">{children(() => setOpen(false))}</div> : null}
    </div>
  );
}
