import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuLabels } from './bridge.ts'

type Role = NonNullable<MenuItemConstructorOptions['role']>

/** The least a desktop program needs: what people expect of the keyboard. */
export function showMenu(labels: MenuLabels, isDeveloping: boolean): void {
  const item = (role: Role, label: string): MenuItemConstructorOptions => ({ role, label })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const developing: MenuItemConstructorOptions[] = [separator, { role: 'reload' }, { role: 'toggleDevTools' }]
  const menu: MenuItemConstructorOptions[] = [
    { label: labels.file, submenu: [item('quit', labels.quit)] },
    {
      label: labels.edit,
      submenu: [
        item('undo', labels.undo),
        item('redo', labels.redo),
        separator,
        item('cut', labels.cut),
        item('copy', labels.copy),
        item('paste', labels.paste),
        item('selectAll', labels.selectAll),
      ],
    },
    {
      label: labels.view,
      submenu: [
        item('zoomIn', labels.zoomIn),
        item('zoomOut', labels.zoomOut),
        item('resetZoom', labels.actualSize),
        item('togglefullscreen', labels.fullScreen),
        ...(isDeveloping ? developing : []),
      ],
    },
    { label: labels.window, submenu: [item('minimize', labels.minimize), item('close', labels.close)] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
}
