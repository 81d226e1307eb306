/** Electron's own names for what crosses between page and shell; the contract's channels travel inside `call`. */
export const bridgeChannels = {
  call: 'bridge:call',
  cancel: 'bridge:cancel',
  event: 'bridge:event',
  status: 'bridge:status',
  restart: 'bridge:restart',
  save: 'bridge:save',
  choose: 'bridge:choose',
  open: 'bridge:open',
  appearance: 'bridge:appearance',
} as const
