import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'

const VARIANTS = {
  /** The one thing that acts now. */
  accent:
    'accent border border-transparent bg-amber text-on-amber font-semibold hover:brightness-110 disabled:bg-raised disabled:text-faint disabled:hover:brightness-100',
  plain:
    'border border-edge/60 hover:border-edge text-ink hover:bg-raised disabled:text-faint disabled:hover:bg-transparent',
  quiet: 'text-soft hover:text-ink hover:bg-raised disabled:text-faint disabled:hover:bg-transparent',
} as const

const SIZES = { normal: 'h-8 gap-1.5 px-2.5', small: 'h-7 gap-1 px-2 text-xs min-[900px]:max-xl:px-1.5' } as const

export type ButtonLook = { variant?: keyof typeof VARIANTS | undefined; size?: keyof typeof SIZES | undefined }

/** The classes of what looks like a button with words. */
export const buttonLook = ({ variant = 'plain', size = 'normal' }: ButtonLook): string =>
  classes(
    'touch-target inline-flex items-center justify-center rounded whitespace-nowrap select-none',
    SIZES[size],
    VARIANTS[variant],
  )

/** The classes of what looks like a button that is only a picture. */
export const ICON_LOOK =
  'touch-target inline-flex size-7 shrink-0 items-center justify-center rounded text-soft select-none hover:bg-raised hover:text-ink'

export const Button = ({
  variant,
  size,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & ButtonLook) => (
  <button type={type} className={classes(buttonLook({ variant, size }), className)} {...rest} />
)

/**
 * A button that is only a picture: its label is its name and its tooltip (see `tooltip.ts`), which has the keys of
 * `data-keys` or `data-command` as well.
 */
export const IconButton = ({
  label,
  pressed,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & { label: string; pressed?: boolean; children: ReactNode }) => (
  <button
    type="button"
    aria-label={label}
    data-tip={label}
    aria-pressed={pressed}
    className={classes(
      ICON_LOOK,
      'disabled:text-faint/60 disabled:hover:bg-transparent',
      pressed === true && 'bg-raised text-ink',
      className,
    )}
    {...rest}
  >
    {children}
  </button>
)
