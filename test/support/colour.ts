/** Colours as people see them: contrast (WCAG 2.2), deficiencies of colour vision (Machado 2009), distance (CIEDE2000). */
export type Triple = readonly [number, number, number]

/** `#rrggbb` as three parts of 0 to 1, as encoded. */
export function parseHex(hex: string): Triple {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`no colour: ${hex}`)
  const [red, green, blue] = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  return [red ?? 0, green ?? 0, blue ?? 0]
}

/** sRGB's transfer function (IEC 61966-2-1). */
export function linear(encoded: Triple): Triple {
  return map(encoded, part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
}

/** WCAG's relative luminance: 0 black, 1 white. */
export function luminance(hex: string): number {
  const [red, green, blue] = linear(parseHex(hex))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** How people see who lack one kind of cone: Machado, Oliveira, Fernandes 2009, table 1, severity 1.0, on linear RGB. */
const deficiencies = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  /** No colour at all: a black-and-white printer. */
  greyscale: [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const
export type Vision = keyof typeof deficiencies
export const visions = Object.keys(deficiencies) as Vision[]

/** CIE L*a*b* (D65) of a colour as seen with such eyes. */
export function seenAs(hex: string, vision: Vision): Triple {
  const rgb = linear(parseHex(hex))
  const seen = map(rows(deficiencies[vision], rgb), part => Math.min(1, Math.max(0, part)))
  return lab(seen)
}

/** L*a*b* of linear sRGB, with D65 as white. */
function lab(rgb: Triple): Triple {
  const xyz = rows(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    rgb,
  )
  const f = (part: number) => (part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116)
  const [x, y, z] = [f(xyz[0] / 0.95047), f(xyz[1]), f(xyz[2] / 1.08883)]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** CIEDE2000 colour difference (Sharma, Wu, Dalal 2005); about 1 is just noticeable side by side. */
export function distance(one: Triple, two: Triple): number {
  const meanC = (Math.hypot(one[1], one[2]) + Math.hypot(two[1], two[2])) / 2
  const stretch = 1 + (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7))) / 2
  const a = polar(one, stretch)
  const b = polar(two, stretch)
  const deltaH = hueDifference(a, b)
  const lightness = (one[0] + two[0]) / 2 - 50
  const chroma = (a.chroma + b.chroma) / 2
  const hue = meanHue(a, b)
  const t = 1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6) - 0.2 * cos(4 * hue - 63)
  const dl = (two[0] - one[0]) / (1 + (0.015 * lightness ** 2) / Math.sqrt(20 + lightness ** 2))
  const dc = (b.chroma - a.chroma) / (1 + 0.045 * chroma)
  const dh = (2 * Math.sqrt(a.chroma * b.chroma) * sin(deltaH / 2)) / (1 + 0.015 * chroma * t)
  const turn = 60 * Math.exp(-(((hue - 275) / 25) ** 2))
  const twist = -2 * Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) * sin(turn)
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + twist * dc * dh)
}

interface Polar {
  readonly chroma: number
  /** Degrees. */
  readonly hue: number
}

function polar([, a, b]: Triple, stretch: number): Polar {
  const hue = (Math.atan2(b, a * stretch) * 180) / Math.PI
  return { chroma: Math.hypot(a * stretch, b), hue: hue < 0 ? hue + 360 : hue }
}

function hueDifference(a: Polar, b: Polar): number {
  if (a.chroma * b.chroma === 0) return 0
  const difference = b.hue - a.hue
  if (Math.abs(difference) <= 180) return difference
  return difference > 0 ? difference - 360 : difference + 360
}

function meanHue(a: Polar, b: Polar): number {
  const sum = a.hue + b.hue
  if (a.chroma * b.chroma === 0) return sum
  if (Math.abs(a.hue - b.hue) <= 180) return sum / 2
  return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2
}

function cos(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180)
}

function sin(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180)
}

function rows(matrix: readonly Triple[], [x, y, z]: Triple): Triple {
  const [first = 0, second = 0, third = 0] = matrix.map(([a, b, c]) => a * x + b * y + c * z)
  return [first, second, third]
}

function map([x, y, z]: Triple, change: (part: number) => number): Triple {
  return [change(x), change(y), change(z)]
}
