import {
  Autocomplete,
  Button,
  Checkbox,
  Chip,
  type CSSVariablesResolver,
  createTheme,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Pill,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Switch,
  Tabs,
  Tooltip,
} from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { colourVariables, constantVariables } from './css-variables.ts'
import css from './mantine.module.css'
import { radius, type } from './tokens.ts'

/** Mantine wants ten shades of its primary colour; all of them are the accent token, which knows the theme. */
const accent = Array.from({ length: 10 }, () => 'var(--p-accent-fill)') as unknown as MantineColorsTuple

const inputClasses = { input: css['input'] ?? '', wrapper: css['inputWrapper'] ?? '' }

const choiceClasses = {
  inner: css['choiceBox'] ?? '',
  input: css['choice'] ?? '',
  label: css['choiceLabel'] ?? '',
}

const choiceDefaults = { size: 'xs', iconColor: 'var(--p-accent-on-fill)' } as const

export const mantineTheme = createTheme({
  primaryColor: 'accent',
  colors: { accent },
  autoContrast: false,
  fontFamily: type.ui,
  fontFamilyMonospace: type.mono,
  fontSizes: { xs: type.small, sm: type.body, md: type.body, lg: type.large, xl: type.title },
  headings: { fontFamily: type.ui, fontWeight: '600' },
  radius: { xs: radius.small, sm: radius.small, md: radius.medium, lg: radius.large },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Input: Input.extend({ classNames: inputClasses }),
    // hints below the field: fields side by side stay in line, however long their hints are
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      classNames: {
        label: css['label'] ?? '',
        description: css['hint'] ?? '',
        error: css['error'] ?? '',
      },
    }),
    Button: Button.extend({ classNames: { root: css['button'] ?? '' }, defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { checkIconPosition: 'right', allowDeselect: false } }),
    Checkbox: Checkbox.extend({ classNames: choiceClasses, defaultProps: choiceDefaults }),
    Radio: Radio.extend({
      classNames: { ...choiceClasses, radio: css['choice'] ?? '' },
      defaultProps: choiceDefaults,
    }),
    Switch: Switch.extend({
      classNames: {
        label: css['choiceLabel'] ?? '',
        description: css['hint'] ?? '',
        track: css['switch'] ?? '',
      },
      defaultProps: { size: 'xs' },
    }),
    Chip: Chip.extend({
      classNames: { label: css['chip'] ?? '' },
      defaultProps: { size: 'xs', variant: 'light', radius: 'sm' },
    }),
    Autocomplete: Autocomplete.extend({ defaultProps: { maxDropdownHeight: 220 } }),
    // The frame scrolls inside its own panes; locking the page would insert a style tag without a nonce.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, overlayProps: { className: css['scrim'] ?? '' } },
      classNames: {
        content: css['raised'] ?? '',
        header: css['modalHeader'] ?? '',
        title: css['modalTitle'] ?? '',
        body: css['modalBody'] ?? '',
      },
    }),
    Notification: Notification.extend({ classNames: { root: css['note'] ?? '' } }),
    Notifications: Notifications.extend({ classNames: { root: css['notes'] ?? '' } }),
    Pill: Pill.extend({ classNames: { root: css['pill'] ?? '' } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'none' },
      classNames: { dropdown: css['raised'] ?? '', item: css['menuItem'] ?? '' },
    }),
    Popover: Popover.extend({ classNames: { dropdown: css['raised'] ?? '' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, multiline: true, events: { hover: true, focus: true, touch: false } },
      classNames: { tooltip: css['tooltip'] ?? '' },
    }),
    Tabs: Tabs.extend({
      classNames: { list: css['tabList'] ?? '', tab: css['tab'] ?? '' },
      defaultProps: { keepMounted: false },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'sm', transitionDuration: 120, withItemsBorders: false },
      classNames: {
        root: css['segments'] ?? '',
        indicator: css['segmentIndicator'] ?? '',
        label: css['segment'] ?? '',
      },
    }),
  },
})

/** Puts the tokens into the page and makes Mantine's own variables follow them. */
export const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--p-surface)',
    '--mantine-color-text': 'var(--p-text-main)',
    '--mantine-color-dimmed': 'var(--p-text-muted)',
    '--mantine-color-placeholder': 'var(--p-text-faint)',
    '--mantine-color-anchor': 'var(--p-accent-text)',
    '--mantine-color-default': 'var(--p-raised)',
    '--mantine-color-default-hover': 'var(--p-hover)',
    '--mantine-color-default-color': 'var(--p-text-main)',
    '--mantine-color-default-border': 'var(--p-line-strong)',
    '--mantine-color-error': 'var(--p-danger-text)',
    '--mantine-color-disabled': 'var(--p-sunken)',
    '--mantine-color-disabled-color': 'var(--p-text-faint)',
    '--mantine-color-accent-filled': 'var(--p-accent-fill)',
    '--mantine-color-accent-filled-hover': 'var(--p-accent-fill-hover)',
    '--mantine-color-accent-outline': 'var(--p-accent-text)',
    '--mantine-color-accent-light': 'var(--p-info-tint)',
    '--mantine-color-accent-light-hover': 'var(--p-selected)',
    '--mantine-color-accent-light-color': 'var(--p-accent-text)',
    '--mantine-color-accent-text': 'var(--p-accent-text)',
    '--mantine-primary-color-contrast': 'var(--p-accent-on-fill)',
  }
  return {
    variables: { ...constantVariables() },
    light: { ...colourVariables('light'), ...shared },
    dark: { ...colourVariables('dark'), ...shared },
  }
}
