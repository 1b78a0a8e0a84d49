import { useEffect, useRef, useState } from "react";
import { longestReason, setReason, signInAddress, signOut, take, useAsker, useReason, useShutOut } from "./asker";
import { complaint } from "./complaints";
import { language, say } from "./language";

/** Who asks, and why: signing in and out, the demo's identities, and the reason for looking. */
export function Person() {
  const asker = useAsker();
  if (!asker || asker.open) return null;
  return (
    <>
      {asker.via !== "" && (asker.role?.unmasks ?? true) && <Reason />}
      {asker.identities && (
        <label className="choice as">
          <span>{say("以…身份查看", "See as")}</span>
          <select value={asker.identity ?? ""} onChange={(event) => void take(event.target.value)}>
            {asker.identities.map((one) => <option key={one.name} value={one.name}>{say(one.title, one.english)}</option>)}
          </select>
        </label>
      )}
      {!asker.identities && asker.name && <span className="who" title={asker.role?.label || say("当前用户", "Who you are")}>{asker.name}</span>}
      {asker.signOut && <button type="button" className="quiet" onClick={() => void signOut()}>{say("退出登录", "Sign out")}</button>}
      {asker.signIn && asker.via === "" && <a href={signInAddress()} onClick={here}>{say("登录", "Sign in")}</a>}
    </>
  );
}

// The address is made when it is followed: what the page shows has changed since it was drawn.
const here = (event: React.MouseEvent<HTMLAnchorElement>) => { event.currentTarget.href = signInAddress(); };

/** The reason for looking at personal data, which goes with every query while it is given. */
function Reason() {
  const reason = useReason();
  const at = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  useEffect(() => {
    if (open) at.current?.showModal();
  }, [open]);
  const begin = () => {
    setText(reason);
    setOpen(true);
  };
  const end = (given?: string) => {
    if (given !== undefined) setReason(given);
    at.current?.close();
  };
  return (
    <>
      <button type="button" className={reason ? "quiet reason given" : "quiet reason"} aria-haspopup="dialog" title={reason || undefined} onClick={begin}>
        {reason ? say(`查阅事由：${reason}`, `Reason: ${reason}`) : say("查阅事由", "Reason")}
      </button>
      {open && (
        <dialog ref={at} onClose={() => setOpen(false)} aria-labelledby="reason-title">
          <form onSubmit={(event) => {
            event.preventDefault();
            end(text);
          }}>
            <h2 id="reason-title">{say("查阅事由", "Reason for looking")}</h2>
            <p className="about">{say("查看未脱敏的个人信息须说明事由，事由随每次查询一并记入审计。关闭本标签页后即清除。", "Personal data that is not masked is shown for a reason only, which is recorded with every query. It ends with this tab.")}</p>
            <label>
              <span>{say("事由", "Reason")}</span>
              <input type="text" autoComplete="off" maxLength={longestReason} value={text} onChange={(event) => setText(event.target.value)}
                placeholder={say("例如：受理法律援助申请，核对身份", "Such as: checking an applicant's identity")} />
            </label>
            <div className="dialog-buttons">
              {reason && <button type="button" className="quiet" onClick={() => end("")}>{say("清除", "Clear")}</button>}
              <button type="button" className="quiet" onClick={() => end()}>{say("取消", "Cancel")}</button>
              <button type="submit" className="run">{say("确定", "OK")}</button>
            </div>
          </form>
        </dialog>
      )}
    </>
  );
}

/** What stands in the place of everything for whom the gateway does not let in, or above it for whom it no longer does. */
export function ShutOut({ whole }: {
  /** Whether nothing else is shown. */
  whole: boolean;
}) {
  const asker = useAsker();
  const why = useShutOut();
  if (why === undefined) return null;
  const nothing = () => undefined;
  const sentence = language() === "zh"
    ? complaint({ message: why, extensions: { code: "UNAUTHENTICATED" } }, { variable: nothing, input: nothing, system: (name) => name })
    : why;
  const way = asker?.signIn
    ? <a className="run" href={signInAddress()} onClick={here}>{say("登录", "Sign in")}</a>
    : <p className="about">{say("本网关不在此页面登录。请从单位的统一门户进入，或向管理员申请访问方式。", "Nobody signs in on this page: come through your bureau's portal, or ask the gateway's operators.")}</p>;
  if (!whole) return <div className="shut-out bar" role="alert"><strong>{say("登录已失效", "No longer signed in")}</strong> <span>{sentence === "请先登录" ? "请重新登录" : sentence}{say("。", ".")}</span> {way}</div>;
  return (
    <main className="outside">
      <section aria-labelledby="outside-title">
        <h2 id="outside-title">{say("请先登录", "Sign in first")}</h2>
        <p role="status">{sentence === "请先登录" ? "登录后才能查询本局数据。" : sentence + say("。", ".")}</p>
        {way}
      </section>
    </main>
  );
}
