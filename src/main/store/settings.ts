import { change, row, rows } from './statement.ts'

export const listSettings = rows()(db => db.selectFrom('settings').selectAll().orderBy('name'))

export const settingNamed = row<{ name: string }>()((db, $) =>
  db.selectFrom('settings').select('value').where('name', '=', $.name),
)

export const keepSetting = change<{ name: string; value: string }>()((db, $) =>
  db
    .insertInto('settings')
    .values({ name: $.name, value: $.value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value: $.value })),
)
