import type { ComponentProps, ReactNode } from 'react'
import { type ButtonLook, buttonLook, ICON_LOOK } from './button.tsx'
import { classes } from './classes.ts'

// Links that look like buttons: for downloads, which the browser does best itself.

export const ButtonLink = ({
  variant,
  size,
  className,
  children,
  ...rest
}: ComponentProps<'a'> & ButtonLook & { children: ReactNode }) => (
  <a className={classes(buttonLook({ variant, size }), className)} {...rest}>
    {children}
  </a>
)

/** The same as an icon button, as a link. */
export const IconLink = ({
  label,
  className,
  children,
  ...rest
}: ComponentProps<'a'> & { label: string; children: ReactNode }) => (
  <a aria-label={label} data-tip={label} className={classes(ICON_LOOK, className)} {...rest}>
    {children}
  </a>
)
