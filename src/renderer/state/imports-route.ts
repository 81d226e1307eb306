export interface ImportsRoute {
  readonly screen: 'imports'
  readonly import: number | null
}

export const imports: ImportsRoute = { screen: 'imports', import: null }

export function parseImports(first: string | undefined): ImportsRoute {
  const isId = first !== undefined && /^[1-9]\d{0,14}$/.test(first)
  return { screen: 'imports', import: isId ? Number(first) : null }
}

export function formatImports({ import: id }: ImportsRoute): string {
  return id === null ? '#/imports' : `#/imports/${id}`
}
