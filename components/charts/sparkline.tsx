/**
 * Counts over time in the size of a word, with a baseline at zero; it stands beside figures that say the same.
 *
 * @param props.words what it shows, read in its place
 */
export function Sparkline({ counts, words }: { counts: readonly number[]; words: string }) {
  const top = Math.max(1, ...counts)
  return (
    <svg
      role="img"
      aria-label={words}
      viewBox={`0 0 ${counts.length * 4} 20`}
      preserveAspectRatio="none"
      className="h-5 w-24"
    >
      <title>{words}</title>
      <line
        x1={0}
        x2={counts.length * 4}
        y1={20}
        y2={20}
        vectorEffect="non-scaling-stroke"
        className="stroke-line-strong"
      />
      {counts.map((count, index) =>
        count === 0 ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in time is its key
            key={index}
            x={index * 4 + 0.4}
            y={20 - Math.max(1, (count / top) * 20)}
            width={3.2}
            height={Math.max(1, (count / top) * 20)}
            className="fill-chart-ok"
          />
        ),
      )}
    </svg>
  )
}
