import type { ReactNode } from 'react'
import css from './facts.module.css'

/** Names and their values, one below the other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={css['facts']}>{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css['fact']}>
      <dt className={css['name']}>{name}</dt>
      <dd className={css['value']}>{children}</dd>
    </div>
  )
}

/** A titled part of a drawer or a page. */
export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={css['section']}>
      <h3 className={css['title']}>{title}</h3>
      {note === undefined ? null : <p className={css['note']}>{note}</p>}
      {children}
    </section>
  )
}
