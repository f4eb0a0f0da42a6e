// Reading view: comments are written beside their clause, kept in this browser, and sent together. Without this script each button leads to a form.
(function () {
  "use strict";
  var root = document.querySelector("[data-reading][data-open]");
  if (!root) { return; }
  var place = "comments:" + root.dataset.reading;
  var one = function (selector, within) { return (within || root).querySelector(selector); };
  var all = function (selector, within) { return Array.prototype.slice.call((within || root).querySelectorAll(selector)); };
  function stored(action) { try { return action(window.localStorage); } catch (refused) { return null; } }
  // Files cannot be kept in the browser; they wait in this page beside the words they belong to.
  var files = new Map();
  var kept = [];
  try { kept = JSON.parse(stored(function (s) { return s.getItem(place); }) || "[]"); } catch (broken) { kept = []; }
  if (!Array.isArray(kept)) { kept = []; }
  function keep() {
    var full = kept.filter(function (d) { return d.body.trim() || d.proposal.trim(); });
    var saved = stored(function (s) { if (full.length) { s.setItem(place, JSON.stringify(full)); } else { s.removeItem(place); } return true; });
    show();
    return saved;
  }
  function ready() { return kept.filter(function (d) { return d.body.trim() || d.proposal.trim(); }); }

  // What was changed: characters in common at the shortest, found by the longest common subsequence within a bound, else by both ends.
  function pieces(before, after) {
    var a = Array.from(before), b = Array.from(after), head = 0, tail = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) { head += 1; }
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) { tail += 1; }
    var x = a.slice(head, a.length - tail), y = b.slice(head, b.length - tail), out = [];
    var put = function (kind, text) {
      var last = out[out.length - 1];
      if (!text) { return; }
      if (last && last[0] === kind) { last[1] += text; } else { out.push([kind, text]); }
    };
    put("", a.slice(0, head).join(""));
    if (x.length * y.length > 400000) {
      put("del", x.join(""));
      put("ins", y.join(""));
    } else {
      var width = y.length + 1, table = new Uint16Array((x.length + 1) * width), i, j;
      for (i = x.length - 1; i >= 0; i -= 1) {
        for (j = y.length - 1; j >= 0; j -= 1) {
          table[i * width + j] = x[i] === y[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
        }
      }
      for (i = 0, j = 0; i < x.length || j < y.length;) {
        if (i < x.length && j < y.length && x[i] === y[j]) { put("", x[i]); i += 1; j += 1; }
        else if (j >= y.length || i < x.length && table[(i + 1) * width + j] >= table[i * width + j + 1]) { put("del", x[i]); i += 1; }
        else { put("ins", y[j]); j += 1; }
      }
    }
    put("", a.slice(a.length - tail).join(""));
    return out;
  }
  function preview(into, before, after) {
    into.textContent = "";
    pieces(before, after).forEach(function (piece) {
      if (!piece[0]) { into.append(piece[1]); return; }
      var mark = document.createElement(piece[0]);
      mark.textContent = piece[1];
      into.append(mark);
    });
  }

  function chosen(spot) {
    var picked = window.getSelection();
    if (!picked || picked.isCollapsed || !picked.rangeCount) { return ""; }
    var clause = one(".clause", spot);
    var text = String(picked).trim();
    return clause && clause.contains(picked.anchorNode) && clause.contains(picked.focusNode) && text.length <= 500 ? text : "";
  }
  function box(spot, draft) {
    var form = one("[data-box]").content.cloneNode(true).querySelector("form");
    var body = one("[data-body]", form), proposal = one("[data-proposal]", form), proposes = one("[data-proposes]", form);
    var kind = one("[data-kind]", form), quote = one("[data-quote]", form), plain = spot.dataset.plain || "", timer = 0;
    body.value = draft.body;
    kind.value = draft.kind || kind.value;
    quote.hidden = !draft.quote;
    quote.textContent = draft.quote;
    proposes.checked = !!draft.proposal;
    proposes.closest("label").hidden = !plain;
    one("[data-files]", form).addEventListener("change", function (event) { files.set(draft, Array.prototype.slice.call(event.target.files)); });
    function wording() {
      one("[data-wording]", form).hidden = !proposes.checked;
      if (proposes.checked && !proposal.value) { proposal.value = draft.proposal || plain; }
      preview(one("[data-preview]", form), plain, proposal.value);
    }
    function note() {
      draft.body = body.value;
      draft.kind = kind.value;
      draft.proposal = proposes.checked && proposal.value.trim() !== plain.trim() ? proposal.value : "";
      clearTimeout(timer);
      timer = setTimeout(function () { one("[data-kept]", form).textContent = keep() ? root.dataset.saySave : ""; }, 400);
    }
    wording();
    form.addEventListener("input", function () { wording(); note(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    one("[data-done]", form).addEventListener("click", function () { clearTimeout(timer); note(); clearTimeout(timer); keep(); form.remove(); one("[data-say]", spot).focus(); });
    one("[data-drop]", form).addEventListener("click", function () { clearTimeout(timer); kept = kept.filter(function (d) { return d !== draft; }); keep(); form.remove(); one("[data-say]", spot).focus(); });
    one(".sheet-part", spot).append(form);
    return body;
  }
  function open(spot, draft) {
    var there = one("form.box", spot);
    if (there) { return one("[data-body]", there); }
    if (!draft) { draft = kept.filter(function (d) { return d.key === spot.dataset.key; })[0]; }
    if (!draft) {
      draft = { key: spot.dataset.key, name: spot.dataset.name, kind: spot.dataset.key ? "" : "general", body: "", proposal: "", quote: chosen(spot) };
      kept.push(draft);
    }
    return box(spot, draft);
  }
  function spotOf(key) { return all("[data-spot]").filter(function (spot) { return spot.dataset.key === key; })[0]; }

  function show() {
    var list = one("[data-list]"), some = ready();
    list.textContent = "";
    some.forEach(function (draft) {
      var item = one("[data-item]").content.cloneNode(true).querySelector("li");
      var link = one("a", item), spot = spotOf(draft.key);
      link.textContent = draft.name || one(".whole b").textContent;
      one(".words", item).textContent = (draft.body || draft.proposal).slice(0, 60);
      link.addEventListener("click", function (event) { event.preventDefault(); if (spot) { open(spot, draft).focus(); } });
      one("button", item).addEventListener("click", function () { kept = kept.filter(function (d) { return d !== draft; }); keep(); });
      list.append(item);
    });
    all("[data-count]").forEach(function (count) { count.textContent = root.dataset.sayCount.replace("0", some.length); });
    one("#unsent").hidden = one("[data-bar]").hidden = !some.length;
    all("[data-spot]").forEach(function (spot) {
      spot.classList.toggle("has-draft", some.some(function (d) { return d.key === spot.dataset.key; }));
    });
  }

  all("[data-say]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      open(button.closest("[data-spot]")).focus();
    });
    // A press takes the selection away before the click is seen.
    button.addEventListener("mousedown", function (event) { event.preventDefault(); });
  });

  var form = one("[data-all]"), trouble = one("[data-trouble]");
  function say(text) { trouble.textContent = text; trouble.hidden = !text; }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var rows = one("[data-rows]"), some = ready();
    say("");
    rows.textContent = "";
    var bare = some.filter(function (d) { return !d.body.trim(); })[0];
    if (bare) { say(root.dataset.sayEmpty); open(spotOf(bare.key), bare).focus(); return; }
    some.forEach(function (draft, at) {
      [["clause", draft.name], ["kind", draft.kind || "technical"], ["body", draft.body], ["proposal", draft.proposal], ["quote", draft.quote]].forEach(function (field) {
        var input = document.createElement("textarea");
        input.name = "comments." + at + "." + field[0];
        input.value = field[1] || "";
        rows.append(input);
      });
    });
    var parts = new FormData(form);
    some.forEach(function (draft, at) {
      (files.get(draft) || []).forEach(function (file) { parts.append("comments." + at + ".files", file); });
    });
    // A redirect is the receipt; anything else is shown as the server wrote it, with every word still in its form.
    fetch(form.action, { method: "POST", body: files.size ? parts : new URLSearchParams(new FormData(form)), redirect: "manual", credentials: "same-origin" }).then(function (answer) {
      if (answer.type === "opaqueredirect") { kept = []; keep(); location.assign(form.action.replace(/\/comments$/, "")); }
      else if (answer.status === 422) { form.submit(); }
      else { say(root.dataset.sayFailed); }
    }, function () { say(root.dataset.sayFailed); });
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    var spots = all("[data-spot]"), here = event.target.closest ? event.target.closest("[data-spot]") : null, at = spots.indexOf(here);
    if (event.key === "j" || event.key === "k") {
      var next = spots[Math.min(spots.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))];
      var target = one(".clause", next) || one("[data-say]", next);
      event.preventDefault();
      target.focus();
      target.scrollIntoView({ block: "nearest" });
    } else if (event.key === "c" && here) {
      event.preventDefault();
      open(here).focus();
    }
  });
  show();
})();
