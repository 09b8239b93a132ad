import { type ChartFrame, type ChartOption, frameOption, type Slice } from './option.js';

/** Areas as large as their counts; neighbours in turn get another of the palette's colours. */
export function treemapOption(slices: readonly Slice[], frame: ChartFrame): ChartOption {
  const { palette, format } = frame;
  const { areas } = palette;
  return {
    ...frameOption(frame),
    series: [
      {
        type: 'treemap',
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        sort: 'desc',
        itemStyle: { borderColor: palette.ground, borderWidth: 1, gapWidth: 1 },
        label: {
          color: palette.inkOnArea,
          fontSize: 13,
          overflow: 'truncate',
          formatter: ({ name, value }) => `${name}\n${format(Number(value))}`,
        },
        data: slices.map(({ value, count }, i) => ({
          name: value,
          value: count,
          itemStyle: { color: areas[i % areas.length] },
        })),
        tooltip: {
          formatter: ({ name, value }) => {
            const label = slices.find((slice) => slice.value === name)?.label ?? name;
            return `${label}: ${format(Number(value))}`;
          },
        },
      },
    ],
  };
}
