// A review meeting on the wall and on phones: figures follow the server; another clause loads the page anew, unless somebody is writing.
(function () {
  "use strict";
  var room = document.querySelector("[data-meeting]");
  if (!room) { return; }
  var fresh = room.querySelector("[data-meeting-fresh]");
  function writing() {
    return Array.prototype.some.call(room.querySelectorAll("textarea"), function (box) { return box.value !== box.defaultValue; });
  }
  function show(state) {
    room.querySelectorAll("[data-live]").forEach(function (place) {
      var value = state[place.dataset.live];
      if (value !== undefined) { place.textContent = value; }
    });
    if (state.page === room.dataset.page) { return; }
    if (writing()) { fresh.hidden = false; } else { window.location.reload(); }
  }
  function poll() {
    fetch(room.dataset.state, { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (state) { if (state) { show(state); } }).catch(function () {});
  }
  var timer = 0;
  function fall() { if (!timer) { timer = setInterval(poll, 4000); } }
  if (!window.EventSource) { fall(); return; }
  var stream = new EventSource(room.dataset.events);
  stream.onmessage = function (event) {
    if (timer) { clearInterval(timer); timer = 0; }
    show(JSON.parse(event.data));
  };
  stream.onerror = fall;
})();
