import { join } from 'node:path'
import { readFrameworkFiles } from '#main/read-frameworks.ts'
import { createFrameworkShelf } from '#main/services/framework-shelf.ts'

const root = join(import.meta.dirname, '..', '..')

/** The frameworks that come with Paddock. */
export const shippedFrameworks = createFrameworkShelf(() => readFrameworkFiles(join(root, 'resources'), root))
