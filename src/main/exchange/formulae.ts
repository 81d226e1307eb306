/**
 * Text that a spreadsheet would run (OWASP, CSV injection): it begins with one of these signs. A lone `-`, Paddock's word for
 * "none", runs nothing.
 */
export const formulae = /^(?:[=+@\t\r]|-(?!$)).*$/s
