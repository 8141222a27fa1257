// What JavaScript adds to pages that work without it: completion, updates, keys.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // Completion: a combobox with a list (ARIA Authoring Practices Guide, "Editable Combobox With List Autocomplete").
  const complete = (input) => {
    const list = make("ul", "suggestions");
    list.id = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0].textContent);
    list.hidden = true;
    input.parentElement.append(list);
    const set = (name, value) => input.setAttribute(name, value);
    set("role", "combobox");
    set("aria-autocomplete", "list");
    set("aria-controls", list.id);
    set("aria-expanded", "false");
    let shown = [], at = -1, typed = "", timer, asked;

    const close = () => {
      list.hidden = true;
      shown = [];
      at = -1;
      set("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (place) => {
      at = place;
      [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
      if (at < 0) {
        input.removeAttribute("aria-activedescendant");
        input.value = typed;
        return;
      }
      set("aria-activedescendant", `suggestion${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
      input.value = shown[at].text;
    };
    const show = (found) => {
      shown = found;
      at = -1;
      list.replaceChildren(...found.map((one, number) => {
        const row = make("li");
        row.id = `suggestion${number}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.append(make("span", "kind", one.kind), make("span", "", one.text), make("span", "count", one.count.toLocaleString(document.documentElement.lang)));
        row.addEventListener("mousedown", (event) => event.preventDefault());
        row.addEventListener("click", () => { close(); visit(one.url); });
        return row;
      }));
      list.hidden = !found.length;
      set("aria-expanded", String(found.length > 0));
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      typed = input.value;
      if (typed.trim().length < 2) return close();
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
        if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
      } catch (error) { if (error.name !== "AbortError") close(); }
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener("blur", () => { clearTimeout(timer); asked?.abort(); close(); });
    input.addEventListener("keydown", (event) => {
      const last = shown.length - 1;
      if (event.key === "Escape" && !list.hidden) { input.value = typed; close(); }
      else if (event.key === "ArrowDown" && list.hidden) ask();
      else if (event.key === "ArrowDown") mark(at === last ? -1 : at + 1);
      else if (event.key === "ArrowUp" && !list.hidden) mark(at < 0 ? last : at - 1);
      else if (event.key === "Enter" && at >= 0) { const { url } = shown[at]; close(); visit(url); }
      else { if (event.key === "Enter") { clearTimeout(timer); asked?.abort(); close(); } return; }
      event.preventDefault();
    });
  };

  // Updates in place: another state of the search page replaces this one without a new page.
  const inPlace = (url) => url.origin === location.origin && url.pathname === "/" && location.pathname === "/" && url.search && location.search;
  const words = (selector) => all(selector).map((one) => one.textContent.trim()).join(" ");
  const linked = "head > link:is([rel=alternate], [rel=next])";
  // What has the focus is told by its data-key, which the next state has too: on it, on its chip, or on what a chip was of.
  const again = (key) => [`="${CSS.escape(key)}"`, `="${CSS.escape(`chip ${key}`)}"`, `="${CSS.escape(key.replace("chip ", ""))}"`, `^="${CSS.escape(key.split(" ")[0])} "`]
    .reduce((found, wanted) => found ?? $(`#main [data-key${wanted}]`), null);
  let loading, state = location.pathname + location.search;
  const update = async (url, push) => {
    loading?.abort();
    loading = new AbortController();
    document.body.classList.add("busy");
    try {
      const answer = await fetch(url, { signal: loading.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const here = new URL(answer.url);
      if (!$("#summary", page) || here.pathname !== "/" || !here.search) { location.assign(url); return; }
      if (push) history.pushState({}, "", answer.url);
      state = here.pathname + here.search;
      const focused = document.activeElement?.closest("#main *");
      $("#main").replaceChildren(...$("#main", page).childNodes);
      document.title = page.title;
      all(linked).forEach((link) => link.remove());
      document.head.append(...page.querySelectorAll(linked));
      const form = $("form.search"), other = $("form.search", page);
      form.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
      form.append(...other.querySelectorAll("input[type=hidden]"));
      $("#q").value = $("#q", other).value;
      $("#live").textContent = words("#summary, #shown, .fault");
      if (focused) ($("[aria-invalid]") ?? again(focused.dataset.key ?? "") ?? $("#results")).focus({ preventScroll: true });
      document.body.classList.remove("busy");
      return true;
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
      return false;
    }
  };
  const visit = (address, top) => {
    const url = new URL(address, location.href);
    if (!inPlace(url)) { location.assign(url); return; }
    update(url, true).then((done) => { if (done && top) scrollTo(0, 0); });
  };
  // From match to match of an article, without a trace in the history.
  const go = (match, url) => {
    const said = $(".matches [role=status]"), most = Number(said.dataset.most), at = Number(match.id.slice(1));
    history.replaceState({}, "", url);
    $(".text .here")?.classList.remove("here");
    match.classList.add("here");
    match.scrollIntoView({ block: "center" });
    said.textContent = said.dataset.words.replace("{}", at.toLocaleString(document.documentElement.lang));
    [["prev", at - 1 || most], ["next", at % most + 1]].forEach(([rel, next]) => {
      url.searchParams.set("match", next);
      url.hash = `m${next}`;
      $(`.matches [rel=${rel}]`).href = url;
    });
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.closest("header")) return;
    const url = new URL(link.href.baseVal ?? link.href, location.href);
    const match = link.closest(".matches") && $(url.hash);
    if (!match && (url.hash || !inPlace(url))) return;
    event.preventDefault();
    if (match) go(match, url);
    else visit(url, Boolean(link.closest(".pager, .hit")));
  });
  addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter;
    if (form.getAttribute("action") !== "/" || by?.hasAttribute("formaction")) return;
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    if (by?.name) fields.append(by.name, by.value);
    const url = new URL(`/?${fields}`, location.href);
    if (!inPlace(url)) return;
    event.preventDefault();
    visit(url, true);
  });
  addEventListener("popstate", () => {
    if (location.pathname === "/" && location.pathname + location.search !== state) update(new URL(location.href), false);
  });

  // Keys, which can be switched off (WCAG 2.1.4).
  const dialog = $("#keys"), switched = $("#keys-on");
  const stored = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("keys", value);
      return localStorage.getItem("keys");
    } catch { return null; }
  };
  switched.checked = stored() !== "off";
  switched.addEventListener("change", () => stored(switched.checked ? "on" : "off"));
  const openKeys = $("#open-keys");
  if (openKeys) { openKeys.hidden = false; openKeys.addEventListener("click", () => dialog.showModal()); }
  const walk = (step) => {
    const links = all(".hits :is(h2, h3, h4) a");
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    const next = links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    next.focus({ preventScroll: true });
    next.closest("li").scrollIntoView({ block: "nearest" });
  };
  const keys = {
    "/": () => { $("#q").focus(); $("#q").select(); },
    j: () => walk(1),
    k: () => walk(-1),
    o: () => { if (document.activeElement.matches(".hits a")) document.activeElement.click(); },
    f: () => { const filters = $("#filters"); if (filters) { filters.scrollIntoView({ block: "start" }); ($(".facet a", filters) ?? filters).focus({ preventScroll: true }); } },
    "?": () => dialog.showModal(),
  };
  addEventListener("keydown", (event) => {
    if (!switched.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches?.("input, textarea, select, [contenteditable]")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  const box = $("#q");
  if (box) complete(box);
})();
