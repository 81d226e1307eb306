import css from './spark-line.module.css'

const width = 96
const height = 28

/** How a figure went, without axes: the last value stands beside it. Zero is at the bottom. */
export function SparkLine({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values)
  const x = (index: number) => (values.length === 1 ? width : (index / (values.length - 1)) * width)
  const y = (value: number) => height - 3 - (value / most) * (height - 6)
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`)
  const last = values.at(-1) ?? 0
  return (
    <svg
      className={css['line']}
      viewBox={`0 0 ${width + 4} ${height}`}
      width={width + 4}
      height={height}
      role="img"
      aria-label={label}
    >
      {points.length > 1 ? <polyline points={points.join(' ')} /> : null}
      {points.length > 0 ? <circle cx={x(values.length - 1)} cy={y(last)} r="2.5" /> : null}
    </svg>
  )
}
