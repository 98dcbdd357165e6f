/** One style sheet for all pages of the sandbox; colours follow the system by `light-dark()`. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#f5f5f2,#141417);--card:light-dark(#fff,#1e1e23);
--ink:light-dark(#1b1b1f,#ececf1);--soft:light-dark(#5a5a66,#a5a5b3);--line:light-dark(#dcdce2,#34343c);
--warn-ground:light-dark(#fff3d6,#3a2d0c);--warn-ink:light-dark(#6b4700,#ffd98a);--ok:light-dark(#0b6b3a,#7ddfa8)}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;padding:.6rem 1rem;background:var(--card);
border-bottom:3px solid var(--accent)}
header .note{color:var(--soft);font-size:.875rem}
header .user{margin-left:auto;font-size:.875rem}
.mark{display:inline-grid;place-items:center;width:1.6rem;height:1.6rem;margin-right:.5rem;border-radius:.4rem;
background:var(--accent);color:#fff}
main{margin:2rem auto;padding:1.5rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
main.narrow{max-width:min(30rem,calc(100% - 2rem))}
main.wide{max-width:min(76rem,calc(100% - 2rem))}
h1{margin:0 0 1rem;font-size:1.35rem;line-height:1.25}
h2{margin:2rem 0 .5rem;font-size:1.1rem}
ul.choices{list-style:none;margin:0;padding:0;display:grid;gap:.5rem}
ul.choices button{display:block;width:100%;text-align:left;background:var(--card);color:var(--ink);
border:1px solid var(--line)}
ul.choices small{font-weight:400}
ul.choices small,.soft{color:var(--soft)}
a{color:inherit}
summary{cursor:pointer;padding:.25rem 0}
button,.button{font:inherit;font-weight:600;display:inline-block;padding:.5rem 1rem;border-radius:.5rem;
border:1px solid transparent;background:var(--accent);color:#fff;cursor:pointer;text-decoration:none}
button.quiet,.button.quiet{background:transparent;color:var(--ink);border-color:var(--line)}
button:hover,.button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
.warning{background:var(--warn-ground);color:var(--warn-ink);padding:.75rem 1rem;border-radius:.5rem;margin:0 0 1rem}
.scopes{columns:13rem;padding-left:1.1rem}
.scopes li{break-inside:avoid}
code,pre{font:.875em/1.45 ui-monospace,monospace}
pre{overflow:auto;padding:.75rem;border:1px solid var(--line);border-radius:.5rem;white-space:pre-wrap}
table{border-collapse:collapse;width:100%;font-size:.9rem}
.scroll{overflow-x:auto}
.scroll table{min-width:34rem;overflow-wrap:normal}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
label{display:block;font-size:.875rem;color:var(--soft)}
input,select{font:inherit;color:var(--ink);background:var(--ground);border:1px solid var(--line);border-radius:.4rem;
padding:.35rem .5rem;width:100%}
input[type=checkbox]{width:auto}
.grid{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr))}
.panel{border:1px solid var(--line);border-radius:.6rem;padding:.75rem 1rem}
.panel h3{margin:0 0 .5rem;font-size:1rem}
`
