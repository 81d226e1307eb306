import { row } from './statement.ts'

/** The highest number given to a site, an instance, a name and a list of names; null: none was given. */
export const highestNumbers = row()(db =>
  db.selectNoFrom(eb => [
    eb
      .selectFrom('sites')
      .select(e => e.fn.max('id').as('id'))
      .as('site'),
    eb
      .selectFrom('instances')
      .select(e => e.fn.max('id').as('id'))
      .as('instance'),
    eb
      .selectFrom('query_terms')
      .select(e => e.fn.max('id').as('id'))
      .as('term'),
    eb
      .selectFrom('query_sets')
      .select(e => e.fn.max('id').as('id'))
      .as('list'),
  ]),
)
