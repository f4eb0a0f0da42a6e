// Keys inside a list marked data-keys, and only while the focus is in it: j and k move, other letters press the control with that data-key.
(function () {
  "use strict";
  document.querySelectorAll("[data-keys]").forEach(function (list) {
    list.addEventListener("keydown", function (event) {
      var target = event.target;
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "radio") { return; }
      var items = Array.prototype.slice.call(list.querySelectorAll("[data-key-item]"));
      var here = items.indexOf(target.closest("[data-key-item]"));
      var step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step) {
        var item = items[Math.min(items.length - 1, Math.max(0, here + step))];
        if (item) { event.preventDefault(); item.focus(); item.scrollIntoView({ block: "nearest" }); }
        return;
      }
      var control = here >= 0 && /^[a-z]$/i.test(event.key) && items[here].querySelector('[data-key="' + event.key.toLowerCase() + '"]');
      if (control) {
        event.preventDefault();
        if (/^(TEXTAREA|SELECT)$/.test(control.tagName)) { control.focus(); } else { control.click(); }
      }
    });
  });
})();
