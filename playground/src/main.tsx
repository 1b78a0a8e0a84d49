import "./style.css";
import { createRoot } from "react-dom/client";
import { language } from "./language";
import "./workers";

globalThis.bureaugraphSay = (english, chinese) => (language() === "zh" ? chinese : english);

// Monaco reads its messages while it loads, so the Chinese ones must be there before.
if (language() === "zh") globalThis.bureaugraphMonaco = (await import("virtual:monaco-chinese")).default;

const { App } = await import("./App");
createRoot(document.getElementById("page")!).render(<App />);
