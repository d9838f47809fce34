// SPDX-License-Identifier: EUPL-1.2
// Lists that renew themselves: the line under the pointer or the focus stays where it is, and stays the chosen one.
"use strict";
(() => {
  const list = document.querySelector("[data-steady]");
  const panel = document.getElementById("peek");
  const link = (id) => document.getElementById(id);
  if (!list) return;

  // ---- which line the reader is at: under the focus, else under the pointer, else the chosen one in sight
  let pointed = null;
  list.addEventListener("pointerover", (event) => { pointed = event.target.closest("[id^='l-']"); });
  list.addEventListener("pointerleave", () => { pointed = null; });
  function at() {
    const focused = document.activeElement.closest && document.activeElement.closest("[data-steady] [id^='l-']");
    const chosen = list.querySelector("[data-line][aria-current]");
    return focused || (pointed && pointed.isConnected ? pointed : null) || (chosen && chosen.closest("[id^='l-']"));
  }

  // ---- a renewal puts new lines in, and then scrolls by as much as the reader's line has moved
  let held = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== list) return;
    const line = at();
    const chosen = list.querySelector("[data-line][aria-current]");
    held = {
      line: line && line.id,
      top: line ? line.getBoundingClientRect().top : 0,
      focus: list.contains(document.activeElement) ? document.activeElement.id : "",
      chosen: chosen && chosen.id,
    };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list || !held) return;
    const chosen = held.chosen && link(held.chosen);
    if (chosen) { chosen.setAttribute("aria-current", "true"); chosen.closest(".line")?.classList.add("on"); }
    if (held.focus && link(held.focus) !== document.activeElement) link(held.focus)?.focus({ preventScroll: true });
    steady(held);
    held = null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {  // settling sets classes as the server wrote them
    if (event.detail.target !== list) return;
    list.querySelector("[data-line][aria-current]")?.closest(".line")?.classList.add("on");
    const line = document.activeElement.closest && document.activeElement.closest("[data-steady] [data-line][hx-get]");
    const shown = panel && panel.querySelector("[data-peek]");  // a line that was focused while it was put in anew has lost its own request
    if (line && !hidden() && (!shown || shown.dataset.peek !== line.id.replace(/^a-/, ""))) window.htmx.ajax("GET", line.getAttribute("hx-get"), { target: panel, swap: "innerHTML" });
  });
  function steady(before) {
    list.style.marginBlockStart = "";
    const line = before.line && link(before.line);
    if (!line) return;
    const moved = () => line.getBoundingClientRect().top - before.top;
    const root = document.scrollingElement;
    const missing = root.scrollTop + moved() + root.clientHeight - root.scrollHeight;
    if (missing > 0) list.style.paddingBlockEnd = `${Math.ceil(missing + parseFloat(getComputedStyle(list).paddingBlockEnd))}px`;
    window.scrollBy({ top: moved(), behavior: "instant" });
    if (moved() < -0.5) list.style.marginBlockStart = `${-moved()}px`;  // the page is at its top and a line above has gone
  }

  // ---- the words of an arrival are put in once: a status that says the same again would be read out again
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target.id !== "arrived") return;
    const line = at();
    const same = event.detail.fragment.textContent.trim() === event.detail.target.textContent.trim();
    if (same) { event.detail.shouldSwap = false; return; }
    const before = line ? { line: line.id, top: line.getBoundingClientRect().top } : null;
    if (before) requestAnimationFrame(() => steady(before));
  });

  // ---- the panel beside the list: asked for once for each chosen line, only where it is seen, and at rest until it has come
  const hidden = () => !panel || panel.offsetParent === null;
  let wanted = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target !== panel) return;
    const wanted = event.detail.elt.id.replace(/^a-/, "");
    const shown = panel.querySelector("[data-peek]");
    if (hidden() || (event.detail.elt.matches("[data-line]") && shown && shown.dataset.peek === wanted)) { event.preventDefault(); panel && (panel.inert = false); }
  });
  document.addEventListener("focusin", (event) => {
    const line = event.target.closest && event.target.closest("[data-steady] [data-line]");
    if (!line || hidden()) return;
    const shown = panel.querySelector("[data-peek]");
    wanted = line.id.replace(/^a-/, "");
    panel.inert = !!line.getAttribute("hx-get") && (!shown || shown.dataset.peek !== wanted);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {  // a renewal of what is no longer chosen comes too late
    const from = event.detail.requestConfig?.elt;
    if (event.detail.target === panel && from?.dataset.peek && (!from.isConnected || (wanted && from.dataset.peek !== wanted))) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== panel) return;
    panel.inert = false;
    mark(panel.querySelector("[data-peek]")?.dataset.peek);
  });
  for (const failed of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failed, (event) => { if (event.detail.target === panel) panel.inert = false; });
  function mark(dossier) {
    const line = dossier && link(`a-${dossier}`);
    for (const other of list.querySelectorAll("[data-line][aria-current]")) if (other !== line) { other.removeAttribute("aria-current"); other.closest(".line")?.classList.remove("on"); }
    if (line) { line.setAttribute("aria-current", "true"); line.closest(".line")?.classList.add("on"); }
  }

  // ---- a press anywhere on a line but its title chooses it; the title opens the dossier
  list.addEventListener("click", (event) => {
    if (hidden() || event.target.closest("a, button")) return;
    event.target.closest(".line")?.querySelector("[data-line]")?.focus();
  });

  // ---- Escape goes from the panel back to the chosen line
  panel?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.querySelector("[data-line][aria-current]")?.focus();
  });

  // ---- the first line is chosen when the page opens, without taking the focus
  const first = list.querySelector("[data-line][hx-get]");
  if (first && !hidden() && window.htmx) window.htmx.ajax("GET", first.getAttribute("hx-get"), { target: panel, swap: "innerHTML" });
})();
