// Within the last two days the words of a deadline follow the clock; the server wrote them as they were when the page was made.
(function () {
  "use strict";
  var say = document.body.dataset;
  var chips = document.querySelectorAll(".deadline");
  if (!chips.length || !say.sayLeft) { return; }
  function tick() {
    chips.forEach(function (chip) {
      var time = chip.querySelector("time");
      var left = chip.querySelector(".left");
      var minutes = Math.ceil((Date.parse(time.dateTime) - Date.now()) / 60000);
      if (!(minutes > 0 && minutes < 2880)) {
        if (minutes <= 0 && minutes > -1440) { left.textContent = say.sayOver; chip.className = "deadline bad"; }
        return;
      }
      left.textContent = say.sayLeft.replace("{h}", Math.floor(minutes / 60)).replace("{m}", minutes % 60);
    });
  }
  tick();
  setInterval(tick, 60000);
})();
