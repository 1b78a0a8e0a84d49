import { useEffect, useMemo, useRef, useState } from "react";
import type { Table } from "./flatten";
import type { Exchange } from "./gateway";
import { countable, dimensions, inTime, measures, series, usual } from "./series";
import { language, say } from "./language";
import { Part } from "./Part";

type Kind = "bar" | "line" | "pie";

// What can be chosen beside a column: every one, or how many records there are of a list.
const all = "*";
const rows = (level: number) => "#" + level;

// Eight hues that differ in lightness too, legible on paper and on a dark ground.
const colours = {
  light: ["#2f6fab", "#d98a2b", "#4f9d69", "#a4548a", "#6f7fc2", "#b5544a", "#3d9aa1", "#8c7a4f"],
  dark: ["#6ba6dc", "#e0a458", "#74bd8c", "#c987b4", "#98a5e0", "#db847a", "#69bfc5", "#b8a77c"],
};

/** One flattened list as a bar, line or pie chart by a dimension. */
export function ChartPane({ table, exchange, dark }: { table: Table; exchange: Exchange; dark: boolean }) {
  const chinese = language() === "zh";
  const possible = useMemo(() => dimensions(table), [table]);
  const [by, setBy] = useState<string>();
  const [of, setOf] = useState<string>();
  const [kind, setKind] = useState<Kind>();
  const dimension = possible.find((c) => c.key === by) ?? best(table);
  const counted = useMemo(() => measures(table, dimension?.key), [table, dimension]);
  const first = usual(counted);
  const lists = useMemo(() => countable(table, dimension?.key), [table, dimension]);
  const start = first.length === 1 ? first[0].key : first.length === 0 ? rows(lists[0]?.level ?? 0) : all;
  const possibleValues = [all, ...counted.map((c) => c.key), ...lists.map((l) => rows(l.level))];
  const value = of !== undefined && possibleValues.includes(of) ? of : start;
  const wanted = value.startsWith("#") ? [] : value === all ? counted.map((c) => c.key) : [value];
  const level = value.startsWith("#") ? Number(value.slice(1)) : undefined;
  const data = useMemo(() => series(table, dimension?.key, wanted, chinese, level), [table, dimension, wanted.join("|"), chinese, level]);
  const shape = kind ?? (inTime(data.categories) ? "line" : "bar");
  const at = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = at.current;
    if (!element || data.categories.length === 0) return;
    let chart: import("echarts/core").EChartsType | undefined;
    let gone = false;
    const watch = new ResizeObserver(() => chart?.resize());
    void import("./echarts").then(({ init }) => {
      if (gone) return;
      chart = init(element, undefined, { renderer: "svg" });
      chart.setOption(option(data, shape, dark, chinese, element.clientWidth));
      watch.observe(element);
    });
    return () => {
      gone = true;
      watch.disconnect();
      chart?.dispose();
    };
  }, [data, shape, dark, chinese]);

  const name = (c: { chinese: string; english: string }) => (chinese ? c.chinese : c.english);
  return (
    <>
      <div className="pane-tools">
        <div className="segments" role="group" aria-label={say("图形", "Kind of chart")}>
          {(["bar", "line", "pie"] as const).map((k) => (
            <button key={k} type="button" aria-pressed={shape === k} onClick={() => setKind(k)}>
              {{ bar: say("柱形", "Bar"), line: say("折线", "Line"), pie: say("饼图", "Pie") }[k]}
            </button>
          ))}
        </div>
        {possible.length > 0 && (
          <label className="choice">{say("分组", "By")}
            <select value={dimension?.key ?? ""} onChange={(e) => setBy(e.target.value)}>
              {possible.map((c) => <option key={c.key} value={c.key}>{name(c)}</option>)}
            </select>
          </label>
        )}
        <label className="choice">{say("数值", "Value")}
          <select value={value} onChange={(e) => setOf(e.target.value)}>
            {counted.length > 1 && <option value={all}>{say("全部数值列", "All numbers")}</option>}
            {counted.map((c) => <option key={c.key} value={c.key}>{name(c)}</option>)}
            {lists.map((l) => <option key={l.level} value={rows(l.level)}>{say("记录条数", "Number of records")}{lists.length > 1 && say(`（${l.chinese}）`, ` (${l.english})`)}</option>)}
          </select>
        </label>
      </div>
      <Part table={table} exchange={exchange} of="chart" />
      {data.categories.length === 0
        ? <p className="notice">{say("没有可画的数据。", "There is nothing to draw.")}</p>
        : <div ref={at} className="chart" role="img" aria-label={summary(data, chinese)} />}
    </>
  );
}

// best is the dimension that splits the rows into the fewest groups, but more than one.
function best(table: Table) {
  const groups = (key: string) => new Set(table.rows.map((row) => String(row.cells[key] ?? ""))).size;
  const possible = dimensions(table).map((c) => ({ c, n: groups(c.key) })).filter(({ n }) => n > 1);
  if (measures(table).length > 0) return possible[0]?.c ?? dimensions(table)[0];
  return possible.sort((a, b) => a.n - b.n)[0]?.c ?? dimensions(table)[0];
}

function summary(data: ReturnType<typeof series>, chinese: boolean): string {
  const top = data.categories.slice(0, 5).map((c, i) => `${c} ${data.series.map((s) => s.values[i]).join("/")}`).join(chinese ? "，" : ", ");
  return (chinese ? "图表：" : "Chart: ") + data.series.map((s) => s.name).join(chinese ? "、" : ", ") + (chinese ? "。" : ". ") + top;
}

// lines is how many lines a legend of these names takes, as ECharts lays it out.
function lines(names: string[], width: number): number {
  let count = 1;
  let used = 0;
  for (const name of names) {
    const one = 32 + [...name].reduce((sum, c) => sum + (c > "\u2e80" ? 13 : 7.5), 0); // mark, gap, letters of 13 px
    if (used > 0 && used + one > width) [count, used] = [count + 1, 0];
    used += one;
  }
  return count;
}

function option(data: ReturnType<typeof series>, kind: Kind, dark: boolean, chinese: boolean, width: number) {
  const ink = dark ? "#d7dde5" : "#2b3440";
  const line = dark ? "#39424e" : "#dfe4ea";
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: ink, fontSize: 13 };
  const common = {
    color: dark ? colours.dark : colours.light,
    textStyle: font,
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250,
    tooltip: { trigger: kind === "pie" ? "item" : "axis", confine: true, backgroundColor: dark ? "#1f2630" : "#ffffff", borderColor: line, textStyle: font },
    legend: { show: data.series.length > 1 && kind !== "pie", type: "plain", top: 0, left: 0, textStyle: font, itemWidth: 14, itemHeight: 10 },
  };
  if (kind === "pie") {
    const sum = (values: number[]) => Math.round(values.reduce((a, b) => a + b, 0) * 100) / 100;
    const sorted = data.categories.map((name, i) => ({ name, value: sum(data.series.map((s) => s.values[i])) })).sort((a, b) => b.value - a.value);
    const rest = { name: chinese ? "其余" : "Others", value: sum(sorted.slice(11).map((slice) => slice.value)), itemStyle: { color: dark ? "#5b6674" : "#b4bcc6" } };
    const slices = sorted.length > 12 ? [...sorted.slice(0, 11), rest] : sorted;
    return { ...common, series: [{ type: "pie", name: data.series.map((s) => s.name).join(" + "), radius: ["30%", "54%"], data: slices, label: { ...font, formatter: "{b}  {c}", overflow: "none", minMargin: 8 }, itemStyle: { borderColor: dark ? "#161b22" : "#ffffff", borderWidth: 2 } }] };
  }
  const many = data.categories.length > 8;
  return {
    ...common,
    grid: { left: 8, right: 16, top: data.series.length > 1 ? 20 + 24 * lines(data.series.map((s) => s.name), width) : 16, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: data.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { ...font, interval: many && data.categories.length > 40 ? "auto" : 0, rotate: many ? 40 : 0, width: 110, overflow: "truncate" } },
    yAxis: { type: "value", splitLine: { lineStyle: { color: line } }, axisLabel: font, minInterval: 1 },
    series: data.series.map((s) => ({ type: kind, name: s.name, data: s.values, barMaxWidth: 42, smooth: false, symbolSize: 6, itemStyle: kind === "bar" ? { borderRadius: [3, 3, 0, 0] } : undefined })),
  };
}
