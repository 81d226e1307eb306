import { app, type WebContents } from 'electron'
import { isOurPage } from './page-policy.ts'

/** Our page stays where it is: it goes nowhere else, opens nothing, holds nothing foreign. */
export function blockNavigation(devServer: string | null): void {
  app.on('web-contents-created', (_event, contents) => fence(contents, devServer))
}

function fence(contents: WebContents, devServer: string | null): void {
  contents.on('will-frame-navigate', event => {
    if (!event.isMainFrame || !isOurPage(event.url, devServer)) event.preventDefault()
  })
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
