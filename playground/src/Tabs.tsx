/** A row of tabs, moved through with the arrow keys. */
export function Tabs<T extends string>({ name, value, set, tabs, label }: {
  name: string;
  value: T;
  set: (value: T) => void;
  tabs: [T, string][];
  label: string;
}) {
  const move = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex(([key]) => key === value);
    const [next] = tabs[(at + step + tabs.length) % tabs.length];
    set(next);
    event.currentTarget.querySelector<HTMLElement>("#" + name + "-" + next)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(([key, text]) => (
        <button key={key} id={name + "-" + key} type="button" role="tab" aria-selected={key === value} aria-controls={name + "-panel"} tabIndex={key === value ? 0 : -1} onClick={() => set(key)}>{text}</button>
      ))}
    </div>
  );
}
