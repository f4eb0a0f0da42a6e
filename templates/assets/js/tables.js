// A box that narrows the rows on this page: <div data-filter-box="Label"> in front of a table or list with data-filter-items.
(function () {
  "use strict";
  document.querySelectorAll("[data-filter-box]").forEach(function (place) {
    var target = document.getElementById(place.dataset.for);
    if (!target) { return; }
    var items = target.tagName === "TABLE" ? target.tBodies[0].rows : target.children;
    var input = document.createElement("input");
    var told = document.createElement("span");
    input.type = "search";
    input.setAttribute("aria-label", place.dataset.filterBox);
    input.placeholder = place.dataset.filterBox;
    told.className = "quiet small";
    told.setAttribute("aria-live", "polite");
    place.append(input, told);
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      Array.prototype.forEach.call(items, function (item) {
        var text = item.textContent.toLowerCase();
        item.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        if (!item.hidden) { shown += 1; }
      });
      told.textContent = words.length ? shown + " / " + items.length : "";
    });
  });
})();
