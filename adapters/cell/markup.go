package cell

import (
	"bytes"
	"html"
	"strings"
)

// stripMarkup removes HTML tags and comments, and reads character references. found tells
// whether there were any; else text is returned. Only known tag names count: legacy
// titles use < and > as book-title marks, as in <Law on Legal Aid>. Tags that end a
// block or line leave a line break.
func stripMarkup(text []byte) (plain []byte, found bool) {
	if !bytes.ContainsAny(text, "<&") {
		return text, false
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		switch text[i] {
		case '<':
			if size, breaks := tagAt(text[i:]); size > 0 {
				if breaks && len(out) > 0 && out[len(out)-1] != '\n' {
					out = append(out, '\n')
				}
				i += size
				found = true
				continue
			}
		case '&':
			if end := bytes.IndexByte(text[i:min(i+12, len(text))], ';'); end > 1 {
				reference := string(text[i : i+end+1])
				if char := html.UnescapeString(reference); char != reference {
					out = append(out, strings.ReplaceAll(char, "\u00A0", " ")...)
					i += end + 1
					found = true
					continue
				}
			}
		}
		out = append(out, text[i])
		i++
	}
	if !found {
		return text, false
	}
	return out, true
}

// tagAt measures the tag or comment that text starts with, 0 when it starts with none. A
// tag cut off by the column's width counts to the end. The contents of style and script
// belong to the tag.
func tagAt(text []byte) (size int, breaks bool) {
	if bytes.HasPrefix(text, []byte("<!--")) {
		if end := bytes.Index(text, []byte("-->")); end > 0 {
			return end + 3, false
		}
		return len(text), false
	}
	i := 1
	if i < len(text) && text[i] == '/' {
		i++
	}
	start := i
	for i < len(text) &&
		(text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z' || text[i] == ':' || i > start && isDigit(text[i])) {
		i++
	}
	name := strings.ToLower(string(text[start:i]))
	block := strings.Contains(" p br div tr li ul ol table tbody thead h1 h2 h3 h4 h5 h6 hr pre blockquote center section article html body ", " "+name+" ")
	inline := strings.Contains(" a b i u s em strong span font img td th sub sup small big label input head meta link title style script o:p st1 ", " "+name+" ")
	if name == "" || !block && !inline || i < len(text) && !strings.ContainsRune("> /\t\r\n", rune(text[i])) {
		return 0, false
	}
	end := bytes.IndexByte(text[i:], '>')
	if end < 0 {
		if i == len(text) {
			return 0, false // "x<b": a comparison rather than a tag
		}
		return len(text), block
	}
	size = i + end + 1
	if (name == "style" || name == "script") && start == 1 {
		closing := bytes.Index(bytes.ToLower(text[size:]), []byte("</"+name))
		if closing < 0 {
			return len(text), false
		}
		size += closing
	}
	return size, block
}
