import type { ReactNode } from 'react';

interface Props {
  /** What it holds, for who cannot see it. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** Something wide that scrolls inside itself, with the keyboard as well. */
export function ScrollFrame({ label, className = 'table-frame', children }: Props) {
  return (
    // A group and no landmark: the section around it often has the same name.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for boxes to fill in.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <div className={className} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
