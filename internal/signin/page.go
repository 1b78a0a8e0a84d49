package signin

import (
	"html/template"
	"net/http"
)

// page tells somebody who was not signed in why, in Chinese and English.
type page struct {
	status           int
	Chinese, English string
}

var (
	pageSilent = page{http.StatusServiceUnavailable, "统一身份认证平台没有响应，请稍后再试。",
		"The identity provider does not answer. Try again later."}
	pageUnknown = page{http.StatusBadRequest, "这次登录已失效（超过十分钟，或浏览器没有保留 Cookie），请重新登录。",
		"This sign-in is over: it took longer than ten minutes, or the browser keeps no cookies. Sign in again."}
	pageDenied = page{http.StatusForbidden, "统一身份认证平台没有允许您登录。如有疑问，请联系系统管理员。",
		"The identity provider did not let you in. Ask its administrators."}
	pageFailed = page{http.StatusBadGateway, "统一身份认证平台的答复无法核实，未能登录。请重试；仍不行，请联系系统管理员。",
		"The identity provider's answer could not be verified. Try again, or ask the gateway's operators."}
	pageLarge = page{http.StatusBadGateway, "您所在的组过多，未能登录，请联系系统管理员。",
		"You are in too many groups to be signed in. Ask the gateway's operators."}
)

var pageText = template.Must(template.New("").Parse(`<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>未能登录 · Not signed in</title>
<style>body{font:16px/1.7 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1em;color:#1d2430}a{color:#1f5f9e}</style>
<h1>未能登录</h1><p>{{.Chinese}}</p><p lang="en">{{.English}}</p>
<p><a href="../signin">重新登录 · Sign in again</a>　<a href="../">返回首页 · Home</a></p>
`))

// told sends a page.
func told(w http.ResponseWriter, p page) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(p.status)
	_ = pageText.Execute(w, p) // fails when the client has left
}
