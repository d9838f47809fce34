// SPDX-License-Identifier: EUPL-1.2
// The quick report without a network: what was typed waits on this device and is sent by itself, once.
//
// Kept in the tab's own storage until it is sent, so that it ends with the tab and with the sign-out. The node takes each
// form's token once: what is sent again because an answer was lost makes no second incident.
"use strict";

(() => {
  const KEY = "amana-reports";
  const form = document.getElementById("quick-report");
  const state = document.getElementById("report-state");
  if (!form || !state) return;

  const held = () => JSON.parse(sessionStorage.getItem(KEY) || "[]");
  const keep = (reports) => (reports.length ? sessionStorage.setItem(KEY, JSON.stringify(reports)) : sessionStorage.removeItem(KEY));
  const tell = (words) => {
    state.textContent = words;
    state.hidden = !words;
  };

  // The form's own secret is asked for anew: the one on the page may be older than the session.
  async function secret() {
    const page = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
    const text = new DOMParser().parseFromString(await page.text(), "text/html");
    return text.querySelector("#quick-report [name=csrfmiddlewaretoken]").value;
  }

  async function send(report, token) {
    const body = new URLSearchParams({ ...report.fields, csrfmiddlewaretoken: token });
    const answer = await fetch(report.address, { method: "POST", body, credentials: "same-origin" });
    if (answer.ok) return true;
    const text = new DOMParser().parseFromString(await answer.text(), "text/html");
    tell(text.querySelector(".alert span")?.textContent || state.dataset.waiting); // refused: it is kept, and the reason is said
    return false;
  }

  let busy = false;
  async function flush() {
    if (busy || !held().length) return;
    busy = true;
    try {
      const token = await secret();
      while (held().length) {
        const [first, ...others] = held();
        if (!(await send(first, token))) break;
        keep(others);
      }
      if (!held().length) tell(state.dataset.sent);
    } catch {
      tell(state.dataset.waiting);
    } finally {
      busy = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.elements.at.value = String(Date.now());
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrfmiddlewaretoken;
    keep([...held(), { address: location.pathname, fields }]);
    form.reset();
    form.elements.form.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    tell(state.dataset.waiting);
    flush();
  });
  addEventListener("online", flush);
  setInterval(flush, 5000);
  flush();
})();
