import { calloutColours, ink, severityColours, stateColours } from './colours.ts'
import type { Bar, Block, Cell, Figure, MeaningfulText, ReportModel, Section, Step } from './model.ts'

export interface HtmlLook {
  readonly colour: string
  readonly logo: Uint8Array | null
  readonly paper: 'a4' | 'letter'
}

/** A report as one HTML file: everything in it, nothing from elsewhere, no script. Whatever servers say is text. */
export function renderHtml(model: ReportModel, look: HtmlLook): string {
  const { language, title, subtitle, organisation, meta, sections, words, hasContents, footer } = model
  const logo =
    look.logo === null ? '' : `<img class="logo" alt="${escaped(subtitle)}" src="${dataUrl(look.logo)}">`
  const facts = meta.map(({ label, value }) => `<span>${escaped(label)}: ${escaped(value)}</span>`).join('')
  const contents = sections
    .map((section, index) => `<li><a href="#s${index}">${escaped(section.title)}</a></li>`)
    .join('')
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    `<title>${escaped(title)} – ${escaped(organisation)}</title><style>${css(look)}</style></head><body>`,
    `<header>${logo}<p class="org">${escaped(subtitle)}</p><h1>${escaped(title)}</h1><p class="meta">${facts}</p></header>`,
    hasContents
      ? `<nav aria-label="${escaped(words.contents)}"><h2>${escaped(words.contents)}</h2><ol>${contents}</ol></nav>`
      : '',
    `<main>${sections.map((section, index) => sectionHtml(section, index, words.verify)).join('')}</main>`,
    `<footer>${escaped(footer)}</footer></body></html>\n`,
  ].join('')
}

export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;')
  )
}

function dataUrl(logo: Uint8Array): string {
  return `data:image/${logo[0] === 0xff ? 'jpeg' : 'png'};base64,${Buffer.from(logo).toString('base64')}`
}

function sectionHtml({ title, blocks, startsPage }: Section, index: number, verify: string): string {
  const body = blocks.map(block => blockHtml(block, verify)).join('')
  return `<section id="s${index}"${startsPage ? ' class="page"' : ''}><h2>${escaped(title)}</h2>${body}</section>`
}

function blockHtml(block: Block, verify: string): string {
  switch (block.type) {
    case 'paragraph':
      return `<p${block.isMuted ? ' class="muted"' : ''}>${escaped(block.text)}</p>`
    case 'heading':
      return `<h3>${block.severity === undefined ? '' : `<i class="mark sev-${block.severity}"></i>`}${escaped(block.text)}</h3>`
    case 'callout':
      return `<p class="callout ${block.tone}">${escaped(block.text)}</p>`
    case 'figures':
      return `<dl class="figures">${block.items.map(figureHtml).join('')}</dl>`
    case 'bars':
      return barsHtml(block)
    case 'facts':
      return `<dl class="facts">${block.items
        .map(
          ({ label, value, mono }) =>
            `<dt>${escaped(label)}</dt><dd${mono ? ' class="mono"' : ''}>${escaped(value)}</dd>`,
        )
        .join('')}</dl>`
    case 'table':
      return tableHtml(block)
    case 'steps':
      return block.items.map(step => stepHtml(step, verify)).join('')
    case 'break':
      return '<hr class="page">'
  }
}

function figureHtml({ label, value, method, severity }: Figure): string {
  const mark = severity === undefined ? '' : ` class="text-${severity}"`
  return `<div><dd${mark}>${escaped(value)}</dd><dt>${escaped(label)}</dt><dd class="method">${escaped(method)}</dd></div>`
}

function barsHtml({ title, items, source }: Extract<Block, { type: 'bars' }>): string {
  const most = Math.max(...items.map(({ value }) => value), 1)
  const rows = items.map(item => barHtml(item, most)).join('')
  return `<figure><h3>${escaped(title)}</h3><table class="bars"><tbody>${rows}</tbody></table><figcaption>${escaped(source)}</figcaption></figure>`
}

function barHtml({ label, value, text, severity, state }: Bar, most: number): string {
  const kind = severity !== undefined ? `sev-${severity}` : state !== undefined ? `state-${state}` : 'plain'
  const width = ((value / most) * 100).toFixed(1)
  return `<tr><th scope="row">${escaped(label)}</th><td><span class="bar"><i class="${kind}" style="width:${width}%"></i></span><b>${escaped(text)}</b></td></tr>`
}

function tableHtml({ label, columns, rows, note }: Extract<Block, { type: 'table' }>): string {
  const end = (index: number) => (columns[index]?.alignEnd ? ' class="end"' : '')
  const head = columns
    .map(({ title }, index) => `<th scope="col"${end(index)}>${escaped(title)}</th>`)
    .join('')
  const body = rows.map(
    row => `<tr>${row.map((cell, index) => `<td${end(index)}>${cellHtml(cell)}</td>`).join('')}</tr>`,
  )
  const below = note === undefined ? '' : `<p class="muted">${escaped(note)}</p>`
  return `<div class="scroll"><table aria-label="${escaped(label)}"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>${below}`
}

function cellHtml(cell: Cell): string {
  const { text, severity, state, mono, strong }: MeaningfulText =
    typeof cell === 'string' ? { text: cell } : cell
  const [first = '', ...rest] = text.split('\n').map(escaped)
  const kind = severity !== undefined ? severity : state
  const mark =
    kind === undefined ? '' : `<i class="mark ${severity === undefined ? 'state' : 'sev'}-${kind}"></i>`
  const lead =
    kind !== undefined || strong
      ? `<b${kind === undefined ? '' : ` class="text-${kind}"`}>${first}</b>`
      : first
  const below = rest.length === 0 ? '' : `<br><span class="below">${rest.join('<br>')}</span>`
  return mono ? `<code>${first}</code>${below}` : mark + lead + below
}

function stepHtml({ label, what, commands, verify }: Step, verifyWord: string): string {
  const lines = commands.map(command => `<code>${escaped(command)}</code>`).join('\n')
  const check =
    verify === '' ? '' : `\n<span class="muted">${escaped(verifyWord)}</span> <code>${escaped(verify)}</code>`
  const lead = label === '' ? '' : `<b>${escaped(label)}:</b> `
  return `<div class="step"><p>${lead}${escaped(what)}</p>${lines === '' && check === '' ? '' : `<pre>${lines}${check}</pre>`}</div>`
}

function css({ colour, paper }: HtmlLook): string {
  const kinds = [
    ...Object.entries(severityColours).flatMap(([name, { mark, text }]) => [
      `.sev-${name}{background:${mark}}`,
      `.text-${name}{color:${text}}`,
    ]),
    ...Object.entries(stateColours).flatMap(([name, { mark, text }]) => [
      `.state-${name}{background:${mark}}`,
      `.text-${name}{color:${text}}`,
    ]),
    ...Object.entries(calloutColours).map(
      ([name, { text, tint }]) => `.${name}{color:${text};background:${tint};border-left:4px solid ${text}}`,
    ),
  ]
  return `*{box-sizing:border-box}body{font:14px/1.5 Inter,system-ui,sans-serif;color:${ink.main};max-width:1080px;margin:0 auto;padding:32px 24px}
header{border-bottom:4px solid ${colour};padding-bottom:12px;margin-bottom:24px}.logo{float:right;max-width:200px;max-height:64px}.org,.meta,.muted,.method,figcaption,.below,footer{color:${ink.faint}}
h1{font-size:28px;line-height:1.2;margin:4px 0 12px}h2{font-size:19px;margin:32px 0 8px}h3{font-size:15px;margin:20px 0 6px}p{margin:0 0 10px;max-width:75ch}.meta span{margin-right:24px}
nav ol{columns:2}nav a{color:inherit}.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:16px}.figures div{border-top:2px solid ${ink.line};padding-top:6px}.figures dd{margin:0;font-size:26px;font-weight:600;line-height:1.2}.figures dt{font-weight:600}.figures .method{font-size:12px;font-weight:400;line-height:1.4}
.facts{display:grid;grid-template-columns:minmax(140px,30%) 1fr;gap:4px 16px}.facts dt{color:${ink.faint}}.facts dd{margin:0;overflow-wrap:anywhere}
.callout{padding:10px 14px;max-width:none}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid ${ink.line}}thead th{font-size:12px;color:${ink.muted};border-bottom:2px solid ${ink.muted}}.end{text-align:right}td{overflow-wrap:anywhere}.below{font-size:12px}
.mark{display:inline-block;width:9px;height:9px;margin-right:6px}.bars th{font-weight:400;width:36%;border:0}.bars td{border:0;display:flex;gap:8px;align-items:center}.bar{flex:0 1 70%;display:block;border-left:1px solid ${ink.line}}.bar i{display:block;height:14px}.plain{background:${colour}}figure{margin:20px 0}figcaption{font-size:12px}
code,.mono{font:12px/1.5 'JetBrains Mono',ui-monospace,monospace}pre{background:${ink.sunken};padding:10px 12px;white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 12px}
${kinds.join('')}footer{margin-top:40px;font-size:12px}
@page{size:${paper === 'a4' ? 'A4' : 'Letter'};margin:18mm}@media print{body{padding:0;font-size:10pt}.page{break-before:page}tr,.figures div{break-inside:avoid}thead{display:table-header-group}}`
}
