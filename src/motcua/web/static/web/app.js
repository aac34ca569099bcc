"use strict";
/* Comfort only: every page works without this file. No value of a field is ever rewritten. */
(() => {
  const body = document.body;
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const bare = (event) => !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey;
  const only = (event) => event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey;

  /* Keys: each one presses a link or a button that is on the page */
  const press = (event, target) => {
    if (!target) return;
    event.preventDefault();
    target.click();
  };
  const keyOf = (event) => {
    if (bare(event) && ["F1", "F2", "F4", "F8", "F9"].includes(event.key)) return event.key;
    return only(event) && event.code === "KeyK" ? "Ctrl K" : "";
  };
  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.repeat) return;
    const key = keyOf(event);
    if (key) {
      const field = key === "Ctrl K" && document.querySelector(".palette-search input");
      if (field) { event.preventDefault(); field.focus(); }
      else press(event, document.querySelector(`[data-key="${key}"]`));
    } else if (only(event) && event.key === "Enter") {
      const form = event.target.closest("form");
      press(event, (form || document).querySelector("[data-primary]"));
    }
  });

  /* Rows: up and down between the same links of a table; from a search down to its results */
  const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
  const moveInTable = (event) => {
    const cell = event.target.closest("a") && event.target.closest("tbody th, tbody td");
    if (!cell || !cell.closest("table.rows")) return;
    const rows = [...cell.closest("tbody").rows];
    const place = rows.indexOf(cell.parentNode) + step[event.key];
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    const link = row.cells[cell.cellIndex] && row.cells[cell.cellIndex].querySelector("a");
    if (link) { event.preventDefault(); link.focus(); }
  };
  document.addEventListener("keydown", (event) => {
    if (composing(event) || !bare(event) || !(event.key in step)) return;
    const box = event.target.closest("[data-combobox]");
    if (box && event.key === "ArrowDown" && event.target.type === "search") {
      const first = box.querySelector("input[type=radio]");
      if (first) { event.preventDefault(); first.focus(); }
    } else moveInTable(event);
  });

  /* Ticks: the live count, the whole page, a range with Shift */
  let lastTick = null;
  const ticks = (form) => [...form.querySelectorAll("tbody .tick input")];
  const recount = (form) => {
    const count = form.querySelector("[data-count]");
    const number = ticks(form).filter((box) => box.checked).length;
    if (count) count.textContent = body.dataset.ticked.replace("{n}", number);
  };
  document.addEventListener("click", (event) => {
    const box = event.target.closest(".tick input");
    if (!box || !box.form) return;
    const all = ticks(box.form);
    if (box.matches("[data-tick-all]")) all.forEach((one) => { one.checked = box.checked; });
    else if (event.shiftKey && all.includes(lastTick)) {
      const [from, to] = [all.indexOf(lastTick), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    }
    lastTick = box;
    recount(box.form);
  });

  /* Small helps: mark all papers, show the password */
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-mark-all]");
    if (mark) {
      event.preventDefault();
      const wanted = `input[type=radio][value="${mark.dataset.markAll}"]`;
      mark.closest("[data-papers]").querySelectorAll(wanted).forEach((one) => { one.checked = true; });
      mark.form.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const show = event.target.closest("[data-show]");
    if (show) {
      const field = document.getElementById(show.dataset.show);
      field.type = field.type === "password" ? "text" : "password";
      show.setAttribute("aria-pressed", String(field.type === "text"));
    }
  });

  /* Sending: once only; after 400 ms the button says so; a lost line is told and keeps the form */
  const tell = (words, label, pressed, kind = "lost") => {
    const said = document.getElementById("tin"); /* looked up each time: a swap brings a new one */
    if (!said) return;
    const note = document.createElement("div");
    note.className = kind;
    note.append(words);
    if (label) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => { said.replaceChildren(); pressed(); });
      note.append(" ", button);
    }
    said.replaceChildren(note);
    note.scrollIntoView({ block: "nearest" });
  };
  const lost = (words, retried) => tell(words, body.dataset.retry, retried);
  const word = (name) => document.getElementById("loi-noi").dataset[name];
  /* By the button itself: htmx learns from its click which one was pressed */
  const again = (form, button) => { if (button) button.click(); else form.requestSubmit(); };
  const release = (form) => {
    clearTimeout(form.waiting);
    delete form.dataset.sent;
    const button = form.pressed;
    if (button && button.words !== undefined) {
      button.replaceChildren(...button.words);
      button.removeAttribute("aria-disabled");
      delete button.words;
    }
  };
  const busy = (button) => {
    if (!button || button.words !== undefined) return;
    button.words = [...button.childNodes];
    button.setAttribute("aria-disabled", "true");
    button.replaceChildren(body.dataset.busy);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    const button = event.submitter;
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      lost(body.dataset.lost, () => again(form, button));
      return;
    }
    form.dataset.sent = "1";
    form.pressed = button;
    form.waiting = setTimeout(() => busy(button), 400);
    setTimeout(() => release(form), 30000); /* a download leaves the page where it is */
  }, true);
  const releaseAll = () => document.querySelectorAll("form[data-sent]").forEach(release);
  window.addEventListener("pageshow", (event) => { if (event.persisted) releaseAll(); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) release(form);
  });
  /* An answer that does not come: what was sent may be written. The same key goes again. */
  const unsure = (event, words) => {
    const form = event.target.closest("form");
    if (form && form === event.target && form.method === "post") {
      lost(words, () => again(form, form.pressed));
    }
  };
  document.addEventListener("htmx:configRequest", (event) => {
    const upload = event.target.enctype === "multipart/form-data"; /* large files take their time */
    if (!upload) event.detail.timeout = 30000;
  });
  document.addEventListener("htmx:sendError", (event) => unsure(event, word("unsure")));
  document.addEventListener("htmx:timeout", (event) => unsure(event, word("unsure")));
  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    if (status === 401) { tell(word("ended")); return; }
    const page = new DOMParser().parseFromString(responseText, "text/html");
    const why = page.querySelector(".refused .lead"); /* our own pages say what failed */
    unsure(event, why ? why.textContent : word("away"));
  });

  /* The session: said five minutes before its end, gone on with by one button */
  const soon = 300000;
  const ask = async (line, method) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const headers = { "X-CSRFToken": token ? token.value : "" };
    const answer = await fetch(line.dataset.url, { method, headers, redirect: "error" });
    const told = await answer.json();
    line.ends = Date.now() + 1000 * told.left;
    return told.until;
  };
  const goOn = async (line) => {
    try {
      const until = await ask(line, "POST");
      const name = line.ends - Date.now() > soon ? "longer" : "last";
      line.last = name === "last";
      tell(line.dataset[name].replace("{t}", until), "", null, line.last ? "lost" : "done");
      line.told = false;
    } catch { tell(word("ended")); }
  };
  const watch = async () => {
    const line = document.getElementById("phien");
    if (!line) return;
    line.ends = line.ends || Date.now() + 1000 * line.dataset.left;
    if (line.told || line.last || line.ends - Date.now() > soon) return;
    try {
      const until = await ask(line, "GET"); /* another tab may have gone on */
      if (line.ends - Date.now() > soon) return;
      line.told = true;
      tell(line.dataset.soon.replace("{t}", until), line.dataset.go, () => goOn(line));
    } catch { line.told = true; tell(word("ended")); }
  };
  setInterval(watch, 15000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) watch(); });

  /* Polling rests while nobody looks, or while the focus is inside what would be replaced */
  document.addEventListener("htmx:beforeRequest", (event) => {
    const quiet = event.target.closest("[data-quiet]");
    if (quiet && (document.hidden || quiet.contains(document.activeElement))) event.preventDefault();
  });

  const begin = (root) => {
    root.querySelectorAll(".js-only[hidden]").forEach((one) => { one.hidden = false; });
    const errors = root.querySelector(".errors");
    if (errors) errors.focus();
  };
  document.addEventListener("htmx:afterSwap", (event) => begin(event.target));
  begin(document);
  watch();
})();
