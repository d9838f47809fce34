// SPDX-License-Identifier: EUPL-1.2
// The desk's own script: keys, arrivals, and small conveniences over pages that work without it.
"use strict";
(() => {
  const page = document.body;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ---- arrivals: the node says that something changed; what is shown asks for itself, by its own hx-trigger
  let stream = null;
  function listen() {
    if (!page.dataset.stream || stream) return;
    stream = new EventSource(page.dataset.stream);
    const renew = () => page.dispatchEvent(new CustomEvent("desk:changed", { bubbles: true }));
    stream.addEventListener("changed", renew);
    stream.addEventListener("open", () => { if (connected()) renew(); });
    stream.addEventListener("error", () => {
      if (!broken) broken = setTimeout(() => { if (cut) cut.hidden = false; }, 4000);  // a stream that comes back at once says nothing
      if (stream && stream.readyState === EventSource.CLOSED) { deaf(); setTimeout(() => { if (!document.hidden) listen(); }, 10000); }  // refused: the browser asks no more
    });
  }
  function deaf() { if (stream) { stream.close(); stream = null; } }

  // ---- a page that is cut off from the node says so, and that it is not any more; tells whether it had been
  const cut = one("#cut .cut");
  let broken = 0;
  function connected() {
    const was = broken;
    clearTimeout(broken);
    broken = 0;
    if (cut) cut.hidden = true;
    return was;
  }
  document.addEventListener("submit", (event) => {  // what a page kept on this device ends with the session
    if (event.target.action.includes("/sign-out/")) sessionStorage.clear();
  });
  document.addEventListener("visibilitychange", () => {  // a hidden page holds no connection; one that is shown again asks at once
    if (document.hidden) deaf();
    else { listen(); page.dispatchEvent(new CustomEvent("desk:changed", { bubbles: true })); }
  });
  window.addEventListener("pagehide", deaf);
  window.addEventListener("pageshow", () => { if (!document.hidden) listen(); });

  // ---- keys: J K move, the rest press the control that carries data-key; they rest inside fields
  const fields = "input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable]";
  const lines = () => all("[data-line]").filter((line) => line.offsetParent !== null);
  function move(by) {
    const list = lines();
    if (!list.length) return;
    const at = list.findIndex((line) => line === document.activeElement || line.hasAttribute("aria-current"));
    const next = list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    next.dispatchEvent(new CustomEvent("desk:choose", { bubbles: true }));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches && event.target.matches(fields)) { event.target.blur(); return; }
    if (page.dataset.keyboard !== "on" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest && (event.target.closest(fields) || event.target.closest("dialog[open]"))) return;
    if (event.key === "Escape" && one("details.me-menu[open], details.more[open], dialog[open]")) return;  // it closes a menu before it leaves the page
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (key === "J" || key === "K") { move(key === "J" ? 1 : -1); event.preventDefault(); return; }
    if (key === "/") { const find = one("#find"); if (find) { find.focus(); find.select(); event.preventDefault(); } return; }
    if (key === "?") { const keys = one("#keys"); if (keys) { keys.showModal(); event.preventDefault(); } return; }
    const pressed = one(`[data-key="${CSS.escape(key)}"]`);
    if (pressed && pressed.offsetParent !== null && !pressed.closest("[inert]")) { event.preventDefault(); pressed.focus(); pressed.click(); }
  });

  // ---- the line that is chosen shows itself beside the list
  document.addEventListener("focusin", (event) => {
    const line = event.target.closest && event.target.closest("[data-line]");
    if (!line || line.hasAttribute("aria-current")) return;
    for (const other of all("[data-line][aria-current]")) { other.removeAttribute("aria-current"); other.closest(".line")?.classList.remove("on"); }
    line.setAttribute("aria-current", "true");
    line.closest(".line")?.classList.add("on");
  });

  // ---- a menu closes when one clicks elsewhere or presses Escape
  document.addEventListener("click", (event) => {
    for (const menu of all("details.me-menu[open], details.more[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all("details.me-menu[open], details.more[open]")) { menu.open = false; one("summary", menu)?.focus(); }
  });

  // ---- a dialog opens by the control that names it, and a blocked button says why instead of doing nothing
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) { const dialog = document.getElementById(opener.dataset.opens); if (dialog) { dialog.showModal(); event.preventDefault(); } }
    const closer = event.target.closest("[data-closes]");
    if (closer) { closer.closest("dialog")?.close(); event.preventDefault(); }
    const blocked = event.target.closest("[aria-disabled=true]");
    if (blocked) { event.preventDefault(); event.stopPropagation(); const why = document.getElementById(blocked.getAttribute("aria-describedby") || ""); if (why) { why.setAttribute("tabindex", "-1"); why.focus(); } }
  }, true);

  // where the focus goes when a dialog closes: to what opened it, also where that was put in anew meanwhile
  const back = (opener) => (opener.isConnected ? opener : one(`a[href="${CSS.escape(opener.getAttribute("href"))}"]`) || one("[data-line][aria-current]"))?.focus();
  // ---- a short act (assign, note, reminder) opens in a dialog instead of on a page of its own: <a data-dialog href="…">
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-dialog]");
    if (!opener || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    let dialog = document.getElementById("act");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "act";
      dialog.setAttribute("aria-labelledby", "act-title");
      page.append(dialog);
    }
    window.htmx.ajax("GET", opener.href, { target: dialog, swap: "innerHTML" }).then(() => {
      if (!dialog.open && one("form", dialog)) dialog.showModal();
      dialog.addEventListener("close", () => { dialog.replaceChildren(); back(opener); }, { once: true });
    });
  });

  // ---- leaving a form that is being saved is safe; the state of saving is told by the server's own words
  document.addEventListener("htmx:sendError", () => page.classList.add("cut-off"));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) page.classList.remove("cut-off"); });
})();
