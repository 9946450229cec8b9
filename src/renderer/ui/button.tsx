import type { ComponentPropsWithRef, ReactNode } from 'react'
import './button.css'

/** A button with words. `hint` is the key that does the same. */
export function Button(props: ButtonProps): ReactNode {
  const { look = 'plain', size = 'normal', icon, hint, className, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look} button-${size} ${className ?? ''}`}
      aria-keyshortcuts={ariaKey(hint)}
    >
      {icon}
      <span className="button-words">{children}</span>
      {hint === undefined ? null : (
        <kbd className="button-hint" aria-hidden="true">
          {hint}
        </kbd>
      )}
    </button>
  )
}

/** A button that is only an icon; its name shows on hover and focus, and is what assistive technology reads. */
export function IconButton(props: IconButtonProps): ReactNode {
  const { label, icon, hint, tipAt = 'center', className, ...rest } = props
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={ariaKey(hint)}
      {...rest}
      className={`icon-button tip tip-${tipAt} ${className ?? ''}`}
      data-tip={hint === undefined ? label : `${label}  ${hint}`}
    >
      {icon}
    </button>
  )
}

type NativeButton = Omit<ComponentPropsWithRef<'button'>, 'type'> & { type?: 'button' | 'submit' }

interface ButtonProps extends NativeButton {
  look?: 'plain' | 'primary' | 'quiet' | 'danger' | 'link'
  size?: 'normal' | 'small'
  icon?: ReactNode
  hint?: string | undefined
}

interface IconButtonProps extends NativeButton {
  label: string
  icon: ReactNode
  hint?: string | undefined
  /** Which edge the name lines up with, so that it stays inside the window. */
  tipAt?: 'start' | 'center' | 'end'
}

function ariaKey(hint: string | undefined): string | undefined {
  return hint === undefined || hint.length > 1 ? undefined : hint
}
