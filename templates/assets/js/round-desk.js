// The comment desk: a key or a click that chooses a disposition opens its form and leads to what is still to be said; picked rows are counted.
// Lines of a long list fetch their forms from the page of their comment.
(function () {
  "use strict";
  var desk = document.querySelector("[data-round-desk]");
  if (!desk) { return; }
  function formOf(control) { return control.closest("[data-ruling]"); }
  function open(form) {
    var fold = form && form.closest("details");
    if (fold) { fold.open = true; }
  }
  desk.addEventListener("change", function (event) {
    var control = event.target;
    if (control.name === "code") {
      var form = formOf(control);
      open(form);
      var merged = control.value === "M" && form.querySelector("[name=merged]");
      var reason = form.querySelector("[name=reason]");
      var reasoned = /^[PNX]$/.test(control.value) && reason && !reason.value.trim();
      (merged || (reasoned ? reason : form.querySelector("[data-save]"))).focus();
    }
    if (control.name === "c") { count(); }
  });
  // Puts the forms of a line in place of the link to them; where they do not come, the link is followed.
  function fetchForms(line, link, then) {
    if (link.getAttribute("aria-busy")) { return; }
    link.setAttribute("aria-busy", "true");
    fetch(link.href, { credentials: "same-origin" }).then(function (got) {
      if (!got.ok) { throw new Error(String(got.status)); }
      return got.text();
    }).then(function (text) {
      var forms = new DOMParser().parseFromString(text, "text/html").querySelector("#" + line.id + " tr.acts");
      var row = link.closest("tr");
      row.replaceWith(document.importNode(forms, true));
      open(line.querySelector("[data-ruling]"));
      then(line);
    }).catch(function () { location.assign(link.href); });
  }
  desk.addEventListener("click", function (event) {
    var link = event.target.closest("[data-forms]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    fetchForms(link.closest("[data-key-item]"), link, function (line) {
      var first = line.querySelector("tr.acts input:checked, tr.acts input[type=radio], tr.acts summary");
      if (first) { first.focus(); }
    });
  });
  desk.addEventListener("keydown", function (event) {
    var line = event.target.closest("[data-key-item]");
    var link = line && line.querySelector("[data-forms]");
    if (!link || !/^[apnmdxr]$/i.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    event.stopPropagation();
    var key = event.key.toLowerCase();
    fetchForms(line, link, function () {
      var control = line.querySelector('[data-key="' + key + '"]');
      if (control && control.tagName === "TEXTAREA") { control.focus(); } else if (control) { control.click(); }
    });
  }, true);
  // The reason box of a folded form cannot take the focus before the form is open.
  desk.addEventListener("keydown", function (event) {
    if (event.key !== "r" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var line = event.target.closest("[data-key-item]");
    if (line && !/^(TEXTAREA|SELECT)$/.test(event.target.tagName)) { open(line.querySelector("[data-ruling]")); }
  }, true);
  // The number of a reason in stock fills the box beside it, where it can still be changed.
  var stock = document.querySelectorAll("[data-stock] textarea");
  desk.addEventListener("change", function (event) {
    var control = event.target;
    if (!control.hasAttribute("data-stock-number")) { return; }
    var kept = stock[Number(control.value) - 1];
    var box = formOf(control).querySelector("[name=reason]");
    if (kept) {
      box.value = (box.value.trim() ? box.value.trim() + "\n" : "") + kept.value.trim();
      control.value = "";
      box.focus();
    }
  });
  var told = desk.querySelector("[data-picked]");
  function picks() { return Array.prototype.slice.call(desk.querySelectorAll("input[name=c]")); }
  function count() {
    if (told) { told.textContent = String(picks().filter(function (box) { return box.checked; }).length); }
  }
  desk.querySelectorAll("[data-pick-all]").forEach(function (all) {
    all.hidden = false;
    all.addEventListener("click", function () {
      var boxes = picks();
      var set = boxes.some(function (box) { return !box.checked; });
      boxes.forEach(function (box) { box.checked = set; });
      count();
    });
  });
  count();
  var here = desk.querySelector("[data-key-item]:target") || desk.querySelector("[data-key-item] details[open]");
  if (here && !document.getElementById("faults")) { (here.closest("[data-key-item]") || here).focus({ preventScroll: true }); }
})();
