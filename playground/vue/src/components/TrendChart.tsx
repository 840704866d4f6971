import { computed, defineComponent, type PropType } from 'vue'
import { formatNumber } from '../lib/format'

interface Point {
  label: string
  value: number
}

export default defineComponent({
  name: 'TrendChart',
  props: {
    points: { type: Array as PropType<readonly Point[]>, required: true },
    height: { type: Number, default: 120 },
  },
  emits: { pick: (point: Point) => point.label.length > 0 },
  setup(props, { emit, slots }) {
    const top = computed(() => Math.max(1, ...props.points.map((point) => point.value)))
    const width = 32

    const bar = (point: Point, index: number) => {
      const height = Math.round((point.value / top.value) * (props.height - 24))
      return (
        <g key={point.label} class="bar" onClick={() => emit('pick', point)}>
          <rect
            x={index * width + 4}
            y={props.height - 20 - height}
            width={width - 8}
            height={height}
            fill="var(--tone-good)"
          >
            <title>{`${point.label}: ${formatNumber(point.value)}`}</title>
          </rect>
          <text x={index * width + width / 2} y={props.height - 6} text-anchor="middle">
            {point.label}
          </text>
        </g>
      )
    }

    return () => (
      <figure class="trend">
        <svg
          viewBox={`0 0 ${Math.max(1, props.points.length) * width} ${props.height}`}
          height={props.height}
          role="img"
        >
          {props.points.map(bar)}
        </svg>
        <figcaption>{slots.default?.({ top: top.value })}</figcaption>
      </figure>
    )
  },
})
