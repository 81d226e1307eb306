import { isOurPage } from './page-policy.ts'

interface Frame {
  readonly url: string
}

/** As much of Electron's event as decides who sent a message. */
export interface Sender<Contents> {
  readonly sender: Contents
  readonly senderFrame: Frame | null
}

/** Our window, its main frame, our page: nobody else is listened to. */
export function isOurs<Contents extends { readonly mainFrame: Frame }>(
  event: Sender<Contents>,
  ours: Contents | null,
  devServer: string | null,
): boolean {
  if (ours === null || event.sender !== ours) return false
  return event.senderFrame === ours.mainFrame && isOurPage(ours.mainFrame.url, devServer)
}
