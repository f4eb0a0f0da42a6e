// Long words are not lost: a textarea with data-draft keeps its unsent text in this browser until the form is sent.
(function () {
  "use strict";
  var say = document.body.dataset;
  var dirty = false;
  function store(action) { try { return action(window.localStorage); } catch (refused) { return null; } }
  document.querySelectorAll("textarea[data-draft]").forEach(function (area) {
    var key = "draft:" + area.dataset.draft;
    var note = document.createElement("div");
    var timer = 0;
    note.className = "draft-note";
    note.setAttribute("role", "status");
    area.after(note);
    var kept = store(function (s) { return s.getItem(key); });
    if (kept && !area.value.trim()) {
      area.value = kept;
      note.textContent = say.sayRestored || "";
      dirty = true;
    }
    area.addEventListener("input", function () {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(function () {
        store(function (s) { if (area.value) { s.setItem(key, area.value); } else { s.removeItem(key); } });
        note.textContent = area.value ? (say.sayUnsaved || "") : "";
      }, 600);
    });
    if (area.form) {
      area.form.addEventListener("submit", function () {
        dirty = false;
        clearTimeout(timer);
        store(function (s) { s.removeItem(key); });
      });
    }
  });
  window.addEventListener("beforeunload", function (event) { if (dirty) { event.preventDefault(); } });
})();
