// Theme without a reload, and the print button. Without this script the forms do the same with a reload.
(function () {
  "use strict";
  var next = { auto: "dark", dark: "light", light: "auto" };
  var signs = { auto: "◐", dark: "●", light: "○" };
  document.querySelectorAll("form[data-theme-switch]").forEach(function (form) {
    var button = form.querySelector("button");
    form.addEventListener("submit", function (event) {
      var theme = button.value;
      var body = new URLSearchParams(new FormData(form));
      body.set("theme", theme);
      event.preventDefault();
      fetch(form.action, { method: "POST", body: body, redirect: "manual", credentials: "same-origin" }).then(function (answer) {
        if (answer.type !== "opaqueredirect" && !answer.ok) { location.reload(); return; }
        if (theme === "auto") { delete document.documentElement.dataset.theme; } else { document.documentElement.dataset.theme = theme; }
        button.value = next[theme];
        button.querySelector("[aria-hidden]").textContent = signs[theme];
        button.title = button.querySelector(".sr").textContent = form.dataset[theme] || "";
      }, function () { location.reload(); });
    });
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  // What goes on by itself is looked at again, unless somebody is about to type.
  var again = document.querySelector("[data-again]");
  if (again) {
    setTimeout(function () {
      if (!document.querySelector("main details[open]")) { location.reload(); }
    }, Number(again.dataset.again) * 1000);
  }
  var faults = document.getElementById("faults");
  if (faults) { faults.focus(); }
})();
